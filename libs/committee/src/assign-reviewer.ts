import { randomUUID } from 'node:crypto';
import { assertHolds, handles, type Viewer } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import {
  claimKey,
  SubjectNotFound,
  writeNotices,
  type Engine,
  type MessageIdOptions,
  type RequestKey,
} from '#lib/engine';
import type { Instant } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { initialState } from '#lib/workflow';
import { AssignedAlready, ProposalTakesNoReviews, ReviewerHasInterest, ReviewerHasNoSeat } from './committee-errors.js';
import { mailsToReviewers } from './mails-to-reviewers.js';

export interface Assignment {
  readonly proposalId: string;
  readonly reviewerId: string;
}

interface Place {
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key?: RequestKey | undefined;
}

interface Proposal {
  readonly callId: string;
  readonly number: string;
  readonly phase: string;
  readonly rulesHash: string;
}

/** Locks in the order of every move: call, seat, proposal. Who does not handle the proposal chooses no reviewers for it. */
const LOCK_CALL = {
  name: 'lock-call-to-assign',
  text: `select c.id as "callId", c.rules_hash as "rulesHash" from call c
    where c.id = (select call_id from proposal where id = $1) for share of c`,
};
const LOCK_SEAT = {
  name: 'lock-seat-to-assign',
  text: 'select id from seat where call_id = $1 and person_id = $2 and ended_at is null for update',
};
const LOCK_PROPOSAL = {
  name: 'lock-proposal-to-assign',
  text: `select p.number, p.phase from proposal p where p.id = $1 and ${handles('p')} for share of p`,
};
/** A declared interest that reaches this proposal, or the applicant's side. */
const INTEREST = {
  name: 'has-interest',
  text: 'select 1 where $1 = any (app.barred_proposals($2)) or $1 = any (app.bound_proposals($2))',
};
const INSERT = {
  name: 'assign-reviewer',
  text: `insert into review (id, region, call_id, proposal_id, reviewer_id, state, phase) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (proposal_id, reviewer_id) do nothing returning id`,
};

/** Asks a member of the committee to review a proposal. The invitation leaves at once, or when the reviewing starts. */
export class AssignReviewer {
  constructor(
    private readonly database: Database,
    private readonly engine: Engine,
    private readonly frozen: FrozenRules,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** Returns the review's id. Throws NotForThisViewer, SubjectNotFound, ProposalTakesNoReviews, ReviewerHasNoSeat, ReviewerHasInterest, AssignedAlready. */
  async execute(viewer: Viewer, assignment: Assignment, place: Place): Promise<string> {
    const { region, receivedAt, key } = place;
    const actorId = assertHolds(viewer, region, ['secretary', 'coordinator']);
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const proposal = await this.assertFree(tx, assignment);
      await this.insert(tx, { id, region, proposal, assignment });
      const actor = { id: actorId, regions: [region] };
      await this.engine.begin(tx, { subject: { kind: 'review', id }, actor, receivedAt });
      if (proposal.phase === 'in-review')
        await writeNotices(tx, await mailsToReviewers(tx, 'review-invited', [id], id), this.messageIds);
      return id;
    });
  }

  private async assertFree(tx: Transaction, { proposalId, reviewerId }: Assignment): Promise<Proposal> {
    const [call] = await tx.query<Pick<Proposal, 'callId' | 'rulesHash'>>(LOCK_CALL, [proposalId]);
    if (call === undefined) throw new SubjectNotFound('proposal', proposalId);
    const seats = await tx.query(LOCK_SEAT, [call.callId, reviewerId]);
    const [proposal] = await tx.query<Pick<Proposal, 'number' | 'phase'>>(LOCK_PROPOSAL, [proposalId]);
    if (proposal === undefined) throw new SubjectNotFound('proposal', proposalId);
    if (!['screening', 'in-review'].includes(proposal.phase)) throw new ProposalTakesNoReviews(proposal.number);
    if (seats.length === 0) throw new ReviewerHasNoSeat();
    if ((await tx.query(INTEREST, [proposalId, reviewerId])).length > 0) throw new ReviewerHasInterest();
    return { ...call, ...proposal };
  }

  private async insert(tx: Transaction, given: Given): Promise<void> {
    const { id, region, proposal, assignment } = given;
    const { state, phase } = initialState(await this.frozen.workflow(proposal.rulesHash, 'review'));
    const { proposalId, reviewerId } = assignment;
    const values = [id, region, proposal.callId, proposalId, reviewerId, state, phase];
    if ((await tx.query(INSERT, values)).length === 0) throw new AssignedAlready();
  }
}

interface Given {
  readonly id: string;
  readonly region: string;
  readonly proposal: Proposal;
  readonly assignment: Assignment;
}
