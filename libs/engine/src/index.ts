/** Durable moves on PostgreSQL: lock, facts, judge, write; terms and commands that act by themselves; an audit trail that can be checked. */
export { readRunningTerms, type RunningTerm } from './read-terms.js';
export { Engine } from './engine.js';
export type { EngineOptions, Look, MoveAnswer, MoveRequest, WorkflowSource } from './move-request.js';
export type { Actor, MoveContext, SubjectRef } from './move-context.js';
export type {
  DueReminder,
  Effect,
  EvidenceColumn,
  NoticeWriter,
  OpenedRow,
  Recipient,
  SubjectPort,
} from './subject.js';
export { claimKey, isRepeated, type RequestKey } from './idempotency.js';
export { reopenTerm } from './reopen-term.js';
export { restartTerms, type TermRestart } from './restart-terms.js';
export { AlreadySettled, KeyUsedForAnother, NotRegistered, SubjectNotFound, VersionIsStale } from './engine-errors.js';
export { writeNotices, type MessageIdOptions, type Notice } from './notice.js';
export { expireDueTerms, runDueCommands, type DueWork } from './due-work.js';
export { remindOfDueTerms } from './due-reminders.js';
export { writeAudit, type AuditEntry } from './audit/write-audit.js';
export { sealAudit } from './audit/sealer.js';
export { verifyAudit, type AuditFault, type AuditReport, type ChainEnd } from './audit/verify.js';
export { AnchorNotGenuine, openAnchor, signAnchor, type Anchor } from './audit/anchor.js';
export { checkInvariants, ENGINE_INVARIANTS, type BrokenInvariant, type Invariant } from './invariants.js';
export {
  READ_PAUSE,
  READ_RELAY,
  type RelayRefusal,
  resumeWork,
  waitingWork,
  type WaitingWork,
  type WorkPause,
} from './work-pause.js';
export { lostMails, resendMails } from './lost-mail.js';
