/** The committee of a call: seats, interests, and who is asked to review what. */
export { EndSeat, listSeats, OpenSeat, type NewSeat, type Seat, type SeatKind } from './seats.js';
export { DeclareInterest, type Interest } from './declare-interest.js';
export { AssignReviewer, type Assignment } from './assign-reviewer.js';
export { readAssignments, type AssignmentRow } from './read-assignments.js';
export { mailsToReviewers } from './mails-to-reviewers.js';
export * from './committee-errors.js';
export { COMMITTEE_MESSAGES } from './messages.js';
export { AssignReviewerDto, DeclareInterestDto, OpenSeatDto } from './dto/committee.dto.js';
