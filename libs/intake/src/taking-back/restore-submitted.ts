import type { Effect, MoveContext } from '#lib/engine';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { INFECTED } from '../attachment/attachment.js';
import { isInOrder } from '../is-in-order.js';
import { STANDINGS } from '../party/taking-part.js';
import { writeJudged } from '../save-proposal.js';
import { NOTHING, type Beside } from '../write-proposal.js';

interface Submitted {
  /** All answers, the title among them. */
  readonly content: Readonly<Record<string, unknown>> & { readonly title: string };
  readonly receivedAt: Instant;
  readonly submittedBy: string;
}

/** The newest receipt, and who submitted what it proves. */
const SUBMITTED = {
  name: 'submitted-version',
  text: `select r.content, app.iso(r.received_at) as "receivedAt", x.actor as "submittedBy"
    from receipt r join transition x on x.id = r.transition_id
    where r.proposal_id = $1 order by r.received_at desc limit 1`,
};
const SET_ASIDE = {
  name: 'set-aside',
  text: `update taken_back b set title = p.title, content = p.content, set_aside_at = $2 from proposal p
    where p.id = $1 and b.id = (select id from taken_back where proposal_id = $1 order by taken_at desc limit 1)
      and p.content || jsonb_build_object('title', p.title) <> $3::jsonb`,
};
/** Files are those of the submitted version again, whatever was added or taken out since. */
const FILES = {
  name: 'restore-files',
  text: `update attachment a set removed_at = case when a.removed_at is null then $3::timestamptz end
    where a.proposal_id = $1 and a.objection_id is null and (position(a.id::text in $2) > 0) = (a.removed_at is not null)`,
};
/** So are the parties. Who answered meanwhile, and whose part nobody changed, keeps that answer. */
const PARTIES = {
  name: 'restore-parties',
  text: `with was as (select t.* from taken_back b, jsonb_populate_recordset(null::party, b.parties) t
      where b.id = (select id from taken_back where proposal_id = $1 order by taken_at desc limit 1)),
    added as (update party t set removed_at = $2 where t.proposal_id = $1 and t.removed_at is null and t.id not in (select id from was))
    update party t set role = w.role, organisation = w.organisation, contact_name = w.contact_name, email = w.email, language = w.language, part = w.part,
      institution = w.institution, state = w.state, token_hash = w.token_hash, asked_at = w.asked_at, expires_at = w.expires_at,
      answered_at = w.answered_at, answered_name = w.answered_name, answered_function = w.answered_function, note = w.note,
      part_hash = w.part_hash, answered_by = w.answered_by, account = w.account, removed_at = null, revision = t.revision + 1
    from was w where t.id = w.id and (t.removed_at is not null or t.state = 'changed'
      or (t.role, t.organisation, t.email, t.part, t.institution) is distinct from (w.role, w.organisation, w.email, w.part, w.institution))`,
};

/** What stands beside the answers once files and parties are those of then again. */
const BESIDE = {
  name: 'beside-restored',
  text: `select ${INFECTED} as infected, ${STANDINGS} as parties from proposal p where p.id = $1`,
};

/**
 * At the closing what was submitted last stands again, as it was received and when: its applicant took it back to change it, and withdrew nothing.
 * What had been written since is set aside, for the applicant to read.
 */
export function restoreSubmitted(frozen: FrozenRules): Effect['run'] {
  return async (context) => {
    const { tx, subject, receivedAt, writes } = context;
    const submitted = await submittedVersion(tx, subject.id);
    const { title, ...content } = submitted.content;
    await tx.query(SET_ASIDE, [subject.id, receivedAt, JSON.stringify(submitted.content)]);
    await tx.query(FILES, [subject.id, JSON.stringify(content), receivedAt]);
    await tx.query(PARTIES, [subject.id, receivedAt]);
    const [beside = NOTHING] = await tx.query<Beside>(BESIDE, [subject.id]);
    const judging = { frozen, id: subject.id, rulesHash: context.opened.rulesHash, beside };
    const { complete } = await writeJudged(tx, judging, { title, content });
    writes.setEvidence({
      ...{ submittedBy: submitted.submittedBy, submittedAt: submitted.receivedAt, receivedAt: submitted.receivedAt },
      ...placeIn(context, complete),
    });
  };
}

/** A place in the order of arrival that was given up counts from the day on which the proposal stands again. */
function placeIn({ opened, receivedAt }: MoveContext, complete: boolean): Readonly<Record<string, unknown>> {
  return isInOrder(opened.facts) ? { arrivedAt: complete ? receivedAt : null } : {};
}

async function submittedVersion(tx: Transaction, id: string): Promise<Submitted> {
  const [found] = await tx.query<Submitted>(SUBMITTED, [id]);
  if (found === undefined) throw new Error(`Proposal ${id} was taken back and has no receipt.`);
  return found;
}
