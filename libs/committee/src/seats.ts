import { randomUUID } from 'node:crypto';
import { assertHolds, type StaffRole, type Viewer } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, writeAudit, type RequestKey } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import {
  CommitteeHasAChair,
  CommitteeIsClosed,
  PersonIsNoMember,
  SeatHasOpenReviews,
  SeatHeldAlready,
} from './committee-errors.js';

export type SeatKind = 'expert' | 'field';

export interface NewSeat {
  readonly personId: string;
  readonly kind: SeatKind;
  readonly isChair: boolean;
}

export interface Seat extends NewSeat {
  readonly id: string;
  readonly name: string;
  readonly endedAt: Instant | null;
}

/** Who names the committee of a call; the decider does not, because the committee advises the decider. */
const NAMES_COMMITTEE: readonly StaffRole[] = ['secretary', 'coordinator'];

/** Makes seats of one call follow each other. */
const LOCK_CALL = { name: 'lock-call-for-seats', text: 'select phase from call where id = $1 for update' };
const MEMBER = {
  name: 'holds-member-role',
  text: `select 1 from role_assignment where region = $1 and person_id = $2 and role in ('member', 'chair')
    and valid_from <= app_now() and (valid_until is null or valid_until > app_now()) limit 1`,
};
const CHAIR = {
  name: 'chair-of-call',
  text: 'select 1 from seat where call_id = $1 and is_chair and ended_at is null',
};
const OPEN = {
  name: 'open-seat',
  text: `insert into seat (id, region, call_id, person_id, kind, is_chair) values ($1, $2, $3, $4, $5, $6)
    on conflict (call_id, person_id) do update set ended_at = null, kind = excluded.kind, is_chair = excluded.is_chair
    where seat.ended_at is not null returning id`,
};

/** Gives a member of the region a seat in the committee of a call; also one that had ended. */
export class OpenSeat {
  constructor(private readonly database: Database) {}

  /** Returns the seat's id. Throws NotForThisViewer, SubjectNotFound, PersonIsNoMember, SeatHeldAlready, CommitteeHasAChair, CommitteeIsClosed. */
  async execute(
    viewer: Viewer,
    place: { region: string; callId: string },
    seat: NewSeat,
    key?: RequestKey,
  ): Promise<string> {
    const { region, callId } = place;
    const actor = assertHolds(viewer, region, NAMES_COMMITTEE);
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      await lockOpenCall(tx, callId);
      if ((await tx.query(MEMBER, [region, seat.personId])).length === 0) throw new PersonIsNoMember(region);
      if (seat.isChair && (await tx.query(CHAIR, [callId])).length > 0) throw new CommitteeHasAChair();
      const values = [id, region, callId, seat.personId, seat.kind, seat.isChair];
      const [opened] = await tx.query<{ id: string }>(OPEN, values);
      if (opened === undefined) throw new SeatHeldAlready();
      const { kind, isChair } = seat;
      const subject = { subjectKind: 'seat', subjectId: opened.id };
      await writeAudit(tx, { region, actor, act: 'seat.open', ...subject, data: { call: callId, kind, isChair } });
      return opened.id;
    });
  }
}

const LOCK_SEAT = {
  name: 'lock-seat',
  text: 'select call_id as "callId", person_id as "personId" from seat where id = $1 and ended_at is null for update',
};
const OPEN_REVIEWS = {
  name: 'open-reviews-of-member',
  text: `select count(*)::int as count from review where call_id = $1 and reviewer_id = $2 and phase in ('preparing', 'in-review')`,
};
const END = { name: 'end-seat', text: 'update seat set ended_at = app_now() where id = $1 returning id' };

/** Ends a seat. Reviews that were handed in stay. */
export class EndSeat {
  constructor(private readonly database: Database) {}

  /** Throws NotForThisViewer, SubjectNotFound, SeatHasOpenReviews. */
  async execute(viewer: Viewer, region: string, id: string): Promise<void> {
    const actor = assertHolds(viewer, region, NAMES_COMMITTEE);
    await this.database.unit({ regions: [region], actor }, async (tx) => {
      const [seat] = await tx.query<{ callId: string; personId: string }>(LOCK_SEAT, [id]);
      if (seat === undefined) throw new SubjectNotFound('seat', id);
      const [open] = await tx.query<{ count: number }>(OPEN_REVIEWS, [seat.callId, seat.personId]);
      if (open !== undefined && open.count > 0) throw new SeatHasOpenReviews(open.count);
      await tx.query(END, [id]);
      await writeAudit(tx, { region, actor, act: 'seat.end', subjectKind: 'seat', subjectId: id });
    });
  }
}

async function lockOpenCall(tx: Transaction, callId: string): Promise<void> {
  const [call] = await tx.query<{ phase: string }>(LOCK_CALL, [callId]);
  if (call === undefined) throw new SubjectNotFound('call', callId);
  if (call.phase === 'announced' || call.phase === 'ended') throw new CommitteeIsClosed();
}

const LIST = {
  name: 'list-seats',
  text: `select s.id, s.person_id as "personId", p.name, s.kind, s.is_chair as "isChair", s.ended_at as "endedAt"
    from seat s join person p on p.id = s.person_id where s.call_id = $1
      and (app.staff_roles(s.region, app.actor()) <> '[]'
        or exists (select 1 from seat own where own.call_id = s.call_id and own.person_id = app.actor() and own.ended_at is null))
    order by s.is_chair desc, p.name, s.id`,
};

/** The committee of a call, chair first; empty for who neither works in the region nor sits on it. */
export async function listSeats(tx: Transaction, callId: string): Promise<readonly Seat[]> {
  return tx.query<Seat>(LIST, [callId]);
}
