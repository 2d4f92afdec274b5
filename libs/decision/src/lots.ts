import { randomBytes } from 'node:crypto';
import type { Effect, MoveContext } from '#lib/engine';
import { drawLots, seedOf } from '#lib/funding';
import { dateOf, sha256 } from '#lib/kernel';
import { PayloadIsWrong, type PayloadFault } from '#lib/workflow';

/** Undecided arrivals of a day that together claim more than is left after those who came earlier: only then lots decide (Kaderregeling 2.2). */
const CANDIDATES = {
  name: 'candidates-for-lots',
  text: `with waiting as (select p.id, p.number, app.arrival_day(p.arrived_at) as day, app.claim_of(p) as cents from proposal p
      where p.call_id = $1 and p.arrived_at is not null and p.phase in ('submitted', 'screening', 'in-review', 'ranked', 'advised')
        and app.arrival_day(p.arrived_at) <= $2::date),
    left_over as (select l.total_cents - l.awarded_cents - coalesce((select sum(cents) from waiting where day < $2::date), 0) as cents
      from ceiling l where l.call_id = $1)
    select array_agg(w.number order by w.number) as numbers, coalesce(sum(w.cents), 0) > (select cents from left_over) as "isShort"
    from waiting w where w.day = $2::date`,
};
const COMMIT = {
  name: 'commit-lots',
  text: `insert into lots_draw (region, call_id, arrival_day, participants, commitment, secret, public_source, public_at, committed_by, committed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};
const SECRET_BYTES = 32;

/** Fixes the secret, and who takes part, before the public value exists. Throws PayloadIsWrong for a day on which no lots are needed. */
async function commitLots(context: MoveContext): Promise<void> {
  const { tx, subject, opened, payload, actor, receivedAt, writes } = context;
  const { arrivalDay, publicSource, publicAt } = payload as Readonly<Record<string, string>>;
  const [day] = await tx.query<{ numbers: string[] | null; isShort: boolean }>(CANDIDATES, [subject.id, arrivalDay]);
  const numbers = day?.numbers ?? [];
  refuse([
    // A day takes new arrivals until it is over.
    ...fault((arrivalDay ?? '') >= dateOf(receivedAt), 'arrivalDay', 'too-late'),
    ...fault(numbers.length < 2 || day?.isShort !== true, 'arrivalDay', 'not-allowed'),
    ...fault(Date.parse(publicAt ?? '') <= Date.parse(receivedAt), 'publicAt', 'too-early'),
  ]);
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  const drawn = [arrivalDay, numbers, sha256(secret), secret, publicSource, publicAt];
  writes.send(tx.query(COMMIT, [opened.region, subject.id, ...drawn, actor.id, receivedAt]));
  const task = { kind: 'draw-lots', for_role: 'decider', subject_kind: 'call', subject_id: subject.id };
  writes.tasks.push({ ...task, data: { arrivalDay } });
}

const OPEN_DRAW = {
  name: 'open-lots',
  text: 'select id, participants, secret from lots_draw where call_id = $1 and drawn_at is null',
};
const DRAW = {
  name: 'draw-lots',
  text: `with drawn as (update lots_draw set public_value = $2, seed = $3, seed_commitment = $4, drawn_by = $5, drawn_at = $6 where id = $1
      returning id, region, call_id),
    done as (update task t set done_at = $6, done_by = $5 from drawn d where t.subject_id = d.call_id and t.kind = 'draw-lots' and t.done_at is null)
    insert into lots_entry (draw_id, region, proposal_id, place, ticket)
    select d.id, d.region, p.id, o.place, o.ticket from drawn d, jsonb_to_recordset($7::jsonb) as o(number text, place integer, ticket text)
      join proposal p on p.number = o.number where p.call_id = d.call_id`,
};

/** Reveals the secret beside the public value; the order follows from both, for everybody to recompute. */
async function drawCommittedLots({ tx, subject, payload, actor, receivedAt, writes }: MoveContext): Promise<void> {
  const [draw] = await tx.query<{ id: string; participants: string[]; secret: string }>(OPEN_DRAW, [subject.id]);
  if (draw === undefined) throw new PayloadIsWrong([{ field: 'publicValue', fault: 'not-allowed' }]);
  const publicValue = (payload['publicValue'] as string).trim();
  const seed = seedOf(draw.secret, publicValue);
  const { commitment, order } = drawLots(seed, draw.participants);
  const places = order.map(({ id, ticket }, i) => ({ number: id, place: i + 1, ticket }));
  const drawn = [draw.id, publicValue, seed, commitment, actor.id, receivedAt, JSON.stringify(places)];
  writes.send(tx.query(DRAW, drawn));
}

/** What lots add to a call. */
export const LOTS_EFFECTS: Readonly<Record<string, Effect>> = {
  'commit-lots': { version: 1, run: commitLots },
  'draw-lots': { version: 1, run: drawCommittedLots },
};

function fault(isWrong: boolean, field: string, kind: PayloadFault['fault']): PayloadFault[] {
  return isWrong ? [{ field, fault: kind }] : [];
}

function refuse(faults: readonly PayloadFault[]): void {
  if (faults.length > 0) throw new PayloadIsWrong(faults);
}
