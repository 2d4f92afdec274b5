/** Reviews by members of a committee. */
export { reviewCatalogue } from './review-catalogue.js';
export { reviewPort } from './review-port.js';
export { openReviews, REVIEWING_EFFECTS, REVIEWING_NOTICES } from './reviewing.js';
export { readReasons, type ReasonsRow } from './read-reasons.js';
export { SaveReview, type WrittenScore } from './save-review.js';
export { ReviewNotInYourHands, ScoresAreWrong, type ScoreFault } from './review-errors.js';
export { askedTerm } from './asked-term.js';
export { listOwnReviews, listReviews, readReview, type ReviewRow, type ReviewView } from './read-reviews.js';
export { WriteReviewDto } from './dto/review.dto.js';
export { REVIEW_MESSAGES } from './messages.js';
