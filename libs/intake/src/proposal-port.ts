import type { Effect, MoveContext, NoticeWriter, SubjectPort } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import type { PersonDirectory } from '#lib/people';
import type { FrozenRules } from '#lib/regulation';
import { completionRequest, recordMissing } from './completion/ask-completion.js';
import { askView, hearingNotices, recordHearing } from './completion/hearing.js';
import { isInOrder } from './is-in-order.js';
import { alsoToParties } from './party/to-parties.js';
import { restoreSubmitted } from './taking-back/restore-submitted.js';
import { takeBack } from './taking-back/take-back.js';
import { formerReceipt, takingBackNotices } from './taking-back/taking-back-notices.js';
import { proposalContext, toLeadApplicant } from './to-lead-applicant.js';

/** What other libraries add to a proposal: effects and letters of review, advice and decision. */
export interface ProposalParts {
  readonly effects: Readonly<Record<string, Effect>>;
  readonly notices: Readonly<Record<string, NoticeWriter>>;
  readonly related: NonNullable<SubjectPort['related']>;
  readonly remind: NonNullable<SubjectPort['remind']>;
}

const FILES = {
  name: 'files-received',
  text: `select name, sha256 from attachment where proposal_id = $1 and removed_at is null and objection_id is null order by uploaded_at, id`,
};
const RECEIPT = {
  name: 'write-receipt',
  text: `insert into receipt (region, proposal_id, transition_id, received_at, in_time, content, content_hash, texts_hash)
    select p.region, p.id, $2, $3, $4 or $3 < (app.moments_of(c)).ends_at, p.content || jsonb_build_object('title', p.title), coalesce(p.content_hash, ''), c.texts_hash
    from proposal p join call c on c.id = p.call_id where p.id = $1`,
};

/** The receipt is a document: figures of this moment, of which its letter is made (`ReceiptFigures`). */
const ISSUE_RECEIPT = {
  name: 'issue-receipt',
  text: `select app.issue_document('receipt', r.id, p.call_id, p.id, r.received_at,
      jsonb_build_object('number', p.number, 'title', p.title, 'organisation', p.organisation, 'applicant', l.name,
        'call', jsonb_build_object('number', c.number, 'name', jsonb_build_object('nl', c.name_nl, 'en', c.name_en)), 'regime', c.parameters ->> 'regime',
        'receivedAt', app.iso(r.received_at), 'inTime', r.in_time, 'closesAt', app.iso((app.moments_of(c)).closes_at), 'isCompletion', $2::boolean,
        'contentHash', r.content_hash, 'files', (select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'sha256', a.sha256)
          order by a.uploaded_at, a.id), '[]') from attachment a where a.proposal_id = p.id and a.removed_at is null and a.objection_id is null)),
      jsonb_build_object('receipt', r.id, 'contentHash', r.content_hash, 'textsHash', r.texts_hash, 'rulesHash', c.rules_hash))
    from receipt r join proposal p on p.id = r.proposal_id join call c on c.id = p.call_id join person l on l.id = p.lead_applicant
    where r.transition_id = $1`,
};

/** Keeps what was received, as it was received. A completion does not change when the proposal first came in. */
function freezeAnswers({ tx, subject, opened, actor, receivedAt, eventId, writes }: MoveContext): void {
  const isCompletion = opened.phase !== 'preparing';
  // A completion comes within its own term, or does not come: the closing of the call is not what it is measured by.
  writes.send(tx.query(RECEIPT, [subject.id, eventId, receivedAt, isCompletion]));
  writes.send(tx.query(ISSUE_RECEIPT, [eventId, isCompletion]));
  if (isCompletion) return;
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

const effect = (run: Effect['run']): Effect => ({ version: 1, run });

const EVIDENCE: SubjectPort['evidence'] = {
  submittedBy: { column: 'submitted_by', type: 'uuid' },
  submittedAt: { column: 'submitted_at', type: 'timestamptz' },
  receivedAt: { column: 'received_at', type: 'timestamptz' },
  arrivedAt: { column: 'arrived_at', type: 'timestamptz' },
  completionAskedFor: { column: 'completion_asked_for', type: 'jsonb' },
  heardAt: { column: 'heard_at', type: 'timestamptz' },
  hearingAbout: { column: 'hearing_about', type: 'text' },
  hearingView: { column: 'hearing_view', type: 'text' },
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
  scoresHash: { column: 'scores_hash', type: 'text' },
};

/** How the engine opens, judges and writes a proposal. */
export function proposalPort(frozen: FrozenRules, directory: PersonDirectory, parts: ProposalParts): SubjectPort {
  return {
    kind: 'proposal',
    table: 'proposal',
    opens: 'app.open_proposal_and_rests',
    evidence: EVIDENCE,
    effects: {
      'freeze-answers': effect(freezeAnswers),
      'record-arrival': effect(recordArrival),
      'lose-place': effect(losePlace),
      'take-back': effect(takeBack),
      'restore-submitted': effect(restoreSubmitted(frozen)),
      'record-missing': effect(recordMissing(frozen)),
      'ask-view': effect(askView),
      'record-hearing': effect(recordHearing),
      ...parts.effects,
    },
    notices: {
      receipt: toLeadApplicant('receipt', { more: receiptView }),
      admitted: toLeadApplicant('admitted', { more: ({ opened }) => ({ isInOrder: isInOrder(opened.facts) }) }),
      'completion-request': completionRequest(frozen),
      ...takingBackNotices(directory),
      ...hearingNotices(directory),
      'draft-expired': alsoToParties(toLeadApplicant('draft-expired'), 'expired'),
      withdrawn: alsoToParties(toLeadApplicant('withdrawn'), 'withdrawn'),
      ...parts.notices,
    },
    related: parts.related,
    remind: parts.remind,
  };
}

/** What was received: when, under which hash, with which files. */
async function receiptView({
  tx,
  subject,
  receivedAt,
  opened,
  eventId,
}: MoveContext): Promise<Readonly<Record<string, unknown>>> {
  return {
    ...{ receivedAt, isComplete: isComplete(opened), isCompletion: opened.phase !== 'preparing' },
    ...latenessOf({ opened, receivedAt }),
    ...{ contentHash: proposalContext({ opened }).contentHash, isInOrder: isInOrder(opened.facts) },
    former: await formerReceipt(tx, { proposalId: subject.id, eventId }),
    files: await tx.query<{ name: string; sha256: string }>(FILES, [subject.id]),
  };
}

/** Who is late is told so, with the closing that was announced; the grace is told to nobody. */
function latenessOf({
  opened,
  receivedAt,
}: Pick<MoveContext, 'opened' | 'receivedAt'>): Readonly<Record<string, unknown>> {
  const { closesAt, endsAt } = opened.facts['call'] as { closesAt: Instant; endsAt: Instant };
  return { isLate: opened.phase === 'preparing' && Date.parse(endsAt) <= Date.parse(receivedAt), closesAt };
}

function isComplete({ facts }: MoveContext['opened']): boolean {
  return (facts['proposal'] as { complete?: boolean } | undefined)?.complete === true;
}
