import type { Effect, MoveContext, NoticeWriter, SubjectPort } from '#lib/engine';
import { toLeadApplicant } from './to-lead-applicant.js';

/** What other libraries add to a proposal: effects and letters of review, advice and decision. */
export interface ProposalParts {
  readonly effects: Readonly<Record<string, Effect>>;
  readonly notices: Readonly<Record<string, NoticeWriter>>;
  readonly related: NonNullable<SubjectPort['related']>;
  readonly remind: NonNullable<SubjectPort['remind']>;
}

const RECEIPT = {
  name: 'write-receipt',
  text: `insert into receipt (region, proposal_id, transition_id, received_at, in_time, content, content_hash, texts_hash)
    select p.region, p.id, $2, $3, $3 < app.call_ends_at(c), p.content, coalesce(p.content_hash, ''), c.texts_hash
    from proposal p join call c on c.id = p.call_id where p.id = $1`,
};

/** Keeps what was received, as it was received. A completion does not change when the proposal first came in. */
function freezeAnswers({ tx, subject, opened, actor, receivedAt, eventId, writes }: MoveContext): void {
  writes.send(tx.query(RECEIPT, [subject.id, eventId, receivedAt]));
  if (opened.phase !== 'preparing') return;
  writes.setEvidence({ submittedBy: actor.id, submittedAt: receivedAt, receivedAt });
}

/** The day on which a proposal is complete is the day on which it arrived (Kaderregeling subsidies OCW, SZW en VWS 2.2). */
function recordArrival({ opened, receivedAt, writes }: MoveContext): void {
  writes.setEvidence({ arrivedAt: isComplete(opened) ? receivedAt : null });
}

/** Who must complete a proposal has no place in the order until that is done. */
function losePlace({ writes }: MoveContext): void {
  writes.setEvidence({ arrivedAt: null });
}

function recordMissing({ payload, writes }: MoveContext): void {
  writes.setEvidence({ completionAskedFor: payload['missing'] });
}

function recordHearing({ receivedAt, writes }: MoveContext): void {
  writes.setEvidence({ heardAt: receivedAt });
}

/** Awb 4:5: the answer to an application that stayed incomplete. */
function recordNotProcessed({ writes }: MoveContext): void {
  writes.setEvidence({ outcome: 'not-processed', ground: 'incomplete' });
}

const effect = (run: Effect['run']): Effect => ({ version: 1, run });

const EVIDENCE: SubjectPort['evidence'] = {
  submittedBy: { column: 'submitted_by', type: 'uuid' },
  submittedAt: { column: 'submitted_at', type: 'timestamptz' },
  receivedAt: { column: 'received_at', type: 'timestamptz' },
  arrivedAt: { column: 'arrived_at', type: 'timestamptz' },
  completionAskedFor: { column: 'completion_asked_for', type: 'jsonb' },
  heardAt: { column: 'heard_at', type: 'timestamptz' },
  advisedBy: { column: 'advised_by', type: 'uuid' },
  advisedAt: { column: 'advised_at', type: 'timestamptz' },
  preparedBy: { column: 'prepared_by', type: 'uuid' },
  decidedBy: { column: 'decided_by', type: 'uuid' },
  decidedAt: { column: 'decided_at', type: 'timestamptz' },
  outcome: { column: 'outcome', type: 'text' },
  ground: { column: 'ground', type: 'text' },
  amountCents: { column: 'amount_cents', type: 'bigint' },
  reviewsCounted: { column: 'reviews_counted', type: 'integer' },
  totalExact: { column: 'total_exact', type: 'text' },
  total: { column: 'total', type: 'numeric' },
  criteriaExact: { column: 'criteria_exact', type: 'jsonb' },
  passes: { column: 'passes', type: 'boolean' },
};

/** How the engine opens, judges and writes a proposal. */
export function proposalPort(parts: ProposalParts): SubjectPort {
  return {
    kind: 'proposal',
    table: 'proposal',
    opens: 'app.open_proposal_and_parties',
    evidence: EVIDENCE,
    effects: {
      'freeze-answers': effect(freezeAnswers),
      'record-arrival': effect(recordArrival),
      'lose-place': effect(losePlace),
      'record-missing': effect(recordMissing),
      'record-hearing': effect(recordHearing),
      'record-not-processed': effect(recordNotProcessed),
      ...parts.effects,
    },
    notices: {
      receipt: toLeadApplicant('receipt', ({ receivedAt, opened }) => ({
        ...{ receivedAt, isComplete: isComplete(opened), isInOrder: isInOrder(opened) },
      })),
      admitted: toLeadApplicant('admitted', ({ opened }) => ({ isInOrder: isInOrder(opened) })),
      'completion-request': toLeadApplicant('completion-request', ({ payload, opened }) => ({
        ...{ missing: listOf(payload['missing']), isInOrder: isInOrder(opened) },
      })),
      'draft-expired': toLeadApplicant('draft-expired'),
      withdrawn: toLeadApplicant('withdrawn'),
      hearing: toLeadApplicant('hearing'),
      'not-processed': toLeadApplicant('not-processed'),
      ...parts.notices,
    },
    related: parts.related,
    remind: parts.remind,
  };
}

function isComplete({ facts }: MoveContext['opened']): boolean {
  return (facts['proposal'] as { complete?: boolean } | undefined)?.complete === true;
}

/** Whether money is given in order of arrival. */
function isInOrder({ facts }: MoveContext['opened']): boolean {
  return (facts['call'] as { announcesEach?: boolean } | undefined)?.announcesEach === true;
}

function listOf(texts: unknown): readonly string[] {
  return typeof texts === 'object' && texts !== null ? Object.values(texts as Record<string, string>) : [];
}
