import type { Effect, MoveContext, SubjectPort } from '#lib/engine';
import { restartTerms } from '#lib/engine';
import { dateOf } from '#lib/kernel';
import { EXTEND, expiredDrafts, TOLD_AFTER_DECIDING } from './extend-call.js';
import { callClosedEarly, callExtended } from './call-notices.js';
import type { FrozenRules } from './frozen-rules.js';
import { callParameters } from './pack.js';
import { regulationInForce } from './regulation-in-force.js';
import type { Tranche } from './tranches.js';

const PROGRAMME_OF = `select r.programme, c.parameters -> 'tranche' as tranche from call c join regulation r on r.id = c.regulation_id where c.id = $1`;
const OPEN_CEILING = `insert into ceiling (call_id, region, total_cents) values ($1, $2, $3) on conflict (call_id) do nothing`;

/** Freezes the rules as they are at publication, whatever they were when the call was prepared. */
function publish(frozen: FrozenRules): Effect {
  return {
    version: 1,
    run: async ({ tx, opened, subject, actor, receivedAt, writes }) => {
      const [row] = await tx.query<{ programme: string; tranche: Tranche | null }>(PROGRAMME_OF, [subject.id]);
      const { pack, regulation, year } = await regulationInForce(tx, opened.region, row?.programme ?? '');
      await frozen.freeze(tx, pack);
      writes.send(tx.query(OPEN_CEILING, [subject.id, opened.region, regulation.distribution.ceilingCents]));
      writes.setEvidence({
        publishedBy: actor.id,
        publishedAt: receivedAt,
        rulesHash: pack.rulesHash,
        textsHash: pack.textsHash,
        parameters: callParameters(regulation, year, row?.tranche ?? null),
      });
    },
  };
}

const BRING_FORWARD = `update term t set due_at = least(t.due_at, m.drafts_expire_at) from proposal p join call c on c.id = p.call_id
    cross join app.moments_of(jsonb_populate_record(c, jsonb_build_object('closed_at', $2::timestamptz))) m
  where p.call_id = $1 and p.phase = 'preparing' and t.subject_id = p.id and t.state = 'running' and t.on_expiry ? 'action'`;
const SUBMITTED = `select id from proposal where call_id = $1 and phase not in ('preparing', 'ended')`;

/** Drafts expire, and terms that count from the closing count from the day on which the call really closed. */
async function recordClosing(context: MoveContext): Promise<void> {
  const { tx, subject, receivedAt, payload, writes, opened } = context;
  const reason = typeof payload['reason'] === 'string' ? payload['reason'] : null;
  writes.setEvidence({ closedAt: receivedAt, closeReason: reason });
  if (reason === null) return;
  writes.send(tx.query(BRING_FORWARD, [subject.id, receivedAt]));
  const rows = await tx.query<{ id: string }>(SUBMITTED, [subject.id]);
  const subjects = rows.map(({ id }) => id);
  const countedFrom = dateOf(opened.context['closesOn'] as string);
  const alsoEnded = TOLD_AFTER_DECIDING;
  await restartTerms(tx, { region: opened.region, subjects, countedFrom, from: dateOf(receivedAt), alsoEnded });
}

/** How the engine opens, judges and writes a call. `announce` comes from the library that owns decisions. */
export function callPort(frozen: FrozenRules, effects: Readonly<Record<string, Effect>>): SubjectPort {
  return {
    kind: 'call',
    table: 'call',
    opens: 'app.open_call_and_rests',
    evidence: {
      publishedBy: { column: 'published_by', type: 'uuid' },
      publishedAt: { column: 'published_at', type: 'timestamptz' },
      closesAt: { column: 'closes_at', type: 'timestamptz' },
      closedAt: { column: 'closed_at', type: 'timestamptz' },
      closeReason: { column: 'close_reason', type: 'text' },
      announcedBy: { column: 'announced_by', type: 'uuid' },
      announcedAt: { column: 'announced_at', type: 'timestamptz' },
      rulesHash: { column: 'rules_hash', type: 'text' },
      textsHash: { column: 'texts_hash', type: 'text' },
      parameters: { column: 'parameters', type: 'jsonb' },
    },
    effects: {
      publish: publish(frozen),
      'record-closing': { version: 1, run: recordClosing },
      extend: EXTEND,
      ...effects,
    },
    notices: { 'call-extended': callExtended, 'call-closed-early': callClosedEarly },
    related: expiredDrafts,
  };
}
