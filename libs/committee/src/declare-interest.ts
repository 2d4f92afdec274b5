import { randomUUID } from 'node:crypto';
import { assertHolds, handles, NotForThisViewer, regionsOf, type Viewer } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit, type Engine } from '#lib/engine';
import type { Instant } from '#lib/kernel';

export interface Interest {
  readonly proposalId: string;
  /** Whose interest; the viewer itself, or another person when the secretary registers it. */
  readonly personId: string;
  readonly reason: string;
}

interface Place {
  readonly region: string;
  readonly receivedAt: Instant;
}

/** Anybody who takes part declares the own interest; that of another is registered by who handles the proposal. */
const CALL_OF = {
  name: 'call-of-proposal',
  text: `select p.call_id as "callId" from proposal p where p.id = $1 and ($2::uuid = app.actor() or ${handles('p')})`,
};
const LOCK_SEAT = {
  name: 'lock-seat-of-person',
  text: 'select id, ended_at is null as active from seat where call_id = $1 and person_id = $2 for update',
};
const OPEN_REVIEW = {
  name: 'open-review-of-person',
  text: `select id from review where proposal_id = $1 and reviewer_id = $2 and phase in ('preparing', 'in-review', 'submitted')
      and not (phase = 'submitted' and app.is_told(proposal_id))`,
};
const INSERT = {
  name: 'declare-interest',
  text: `insert into interest (id, region, call_id, proposal_id, person_id, reason, declared_by) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (proposal_id, person_id) do nothing returning id`,
};

/**
 * Declares an interest in one proposal (Awb 2:4): from then on its file does not exist for that person. A review ends with it, by a move of
 * that review; one that an announced decision rests on stays as it is.
 */
export class DeclareInterest {
  constructor(
    private readonly database: Database,
    private readonly engine: Engine,
  ) {}

  /** Declaring it again changes nothing. Throws NotForThisViewer, SubjectNotFound. */
  async execute(viewer: Viewer, interest: Interest, place: Place): Promise<void> {
    const { region, receivedAt } = place;
    const actor = viewer.id === interest.personId ? interest.personId : assertHolds(viewer, region, ['secretary']);
    const review = await this.database.unit({ regions: [region], actor }, (tx) =>
      this.declare(tx, { viewer, interest, region, actor }),
    );
    if (review === null) return;
    const subject = { kind: 'review', id: review };
    const payload = { reason: interest.reason };
    await this.engine.act({ subject, action: 'recuse', payload, actor: { id: actor, regions: [region] }, receivedAt });
  }

  /** Returns the review that must be recused instead; the lock on the seat keeps an assignment from coming in between. */
  private async declare(tx: Transaction, given: Given): Promise<string | null> {
    const { interest, region, actor, viewer } = given;
    const { proposalId, personId, reason } = interest;
    const [proposal] = await tx.query<{ callId: string }>(CALL_OF, [proposalId, personId]);
    if (proposal === undefined) throw new SubjectNotFound('proposal', proposalId);
    const [seat] = await tx.query<{ active: boolean }>(LOCK_SEAT, [proposal.callId, personId]);
    const takesPart = seat?.active === true || regionsOf(viewer).includes(region);
    if (!takesPart) throw new NotForThisViewer();
    const [review] = await tx.query<{ id: string }>(OPEN_REVIEW, [proposalId, personId]);
    if (review !== undefined) return review.id;
    const values = [randomUUID(), region, proposal.callId, proposalId, personId, reason, actor];
    const [made] = await tx.query<{ id: string }>(INSERT, values);
    if (made === undefined) return null;
    await writeAudit(tx, { region, actor, act: 'interest.declare', subjectKind: 'interest', subjectId: made.id });
    return null;
  }
}

interface Given {
  readonly viewer: Viewer;
  readonly interest: Interest;
  readonly region: string;
  readonly actor: string;
}
