import { scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { CalendarDate, Instant } from '#lib/kernel';

/** Lots of one arrival day, with everything that a stranger needs to recompute them. */
export interface LotsView {
  readonly arrivalDay: CalendarDate;
  /** Numbers of the proposals that take part. */
  readonly participants: readonly string[];
  /** SHA-256 of the secret, hex: fixed before the public value existed. */
  readonly commitment: string;
  readonly publicSource: string;
  readonly publicAt: Instant;
  readonly committedAt: Instant;
  /** Null until the lots are drawn. */
  readonly drawn: {
    readonly publicValue: string;
    /** `secret:public value`. */
    readonly seed: string;
    readonly seedCommitment: string;
    readonly drawnAt: Instant;
    readonly order: readonly { readonly id: string; readonly ticket: string }[];
  } | null;
}

/** The secret itself is read only as part of a seed that was revealed. */
const READ = {
  name: 'read-lots',
  text: `select l.arrival_day::text as "arrivalDay", l.participants, l.commitment, l.public_source as "publicSource", l.public_at as "publicAt",
      l.committed_at as "committedAt", case when l.drawn_at is not null then jsonb_build_object('publicValue', l.public_value, 'seed', l.seed,
        'seedCommitment', l.seed_commitment, 'drawnAt', app.iso(l.drawn_at), 'order', (select jsonb_agg(jsonb_build_object(
          'id', p.number, 'ticket', e.ticket) order by e.place) from lots_entry e join proposal p on p.id = e.proposal_id where e.draw_id = l.id))
      end as drawn
    from lots_draw l join call c on c.id = l.call_id where c.id = $1 and ${scopeOf('call', 'c')} order by l.arrival_day`,
};

/** Lots of a call, published for everybody (Kaderregeling subsidies OCW, SZW en VWS 2.2). */
export async function readLots(tx: Transaction, callId: string): Promise<readonly LotsView[]> {
  return tx.query<LotsView>(READ, [callId]);
}
