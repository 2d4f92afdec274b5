import { scopeOf, writes, writesAlong } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';
import type { DecisionFigures } from './decision-figures.js';

/** A decision as it was issued; as it would be when staff read it before the announcement. */
export type DecisionView = DecisionFigures & {
  /** What was issued; null before the announcement. */
  readonly document: { readonly id: string; readonly version: number } | null;
  /** When who applied gave up what it gives; the decision stays as it was announced. */
  readonly waivedAt: Instant | null;
};

const IS_STAFF = `(app.staff_roles(p.region, app.actor()) <> '[]' and not ${writes('p')})`;
/** Who writes along learns the outcome; the letter is for who applies. */
const GETS_LETTER = `not ${writesAlong('p')}`;
const DOCUMENT = `jsonb_build_object('id', t.id, 'version', t.version)`;

/** Who applies, and members, read it from the announcement on; staff as soon as it is taken. */
const READ = {
  name: 'read-decision',
  text: `select coalesce(t.figures || jsonb_build_object('document', ${DOCUMENT}),
      f.figures || '{"document": null, "replacesIssuedAt": null}') || jsonb_build_object('waivedAt', app.iso(d.waived_at)) as decision
    from proposal p join decision d on d.proposal_id = p.id and d.undone_at is null
      left join document t on t.kind = 'decision' and t.source_id = d.id
      left join lateral app.decision_figures(p.call_id, p.id, true) f on t.id is null and ${IS_STAFF}
    where p.id = $1 and ${scopeOf('proposal', 'p')} and ${GETS_LETTER} and (t.id is not null or ${IS_STAFF})`,
};
const READ_VERSION = {
  name: 'read-decision-version',
  text: `select t.figures || jsonb_build_object('document', ${DOCUMENT}, 'waivedAt', null) as decision
    from proposal p join document t on t.kind = 'decision' and t.proposal_id = p.id and t.version = $2
    where p.id = $1 and ${scopeOf('proposal', 'p')} and ${GETS_LETTER}`,
};
const VERSIONS = {
  name: 'versions-of-decision',
  text: `select t.version, app.iso(t.issued_at) as "issuedAt" from proposal p join document t on t.kind = 'decision' and t.proposal_id = p.id
    where p.id = $1 and ${scopeOf('proposal', 'p')} and ${GETS_LETTER} order by t.version`,
};

/** The decision in force; null when there is none yet, or not for this viewer. */
export async function readDecision(tx: Transaction, proposalId: string): Promise<DecisionView | null> {
  const [row] = await tx.query<{ decision: DecisionView }>(READ, [proposalId]);
  return row?.decision ?? null;
}

/** One version of what was issued; null when there is none, or not for this viewer. */
export async function readDecisionVersion(
  tx: Transaction,
  proposalId: string,
  version: number,
): Promise<DecisionView | null> {
  const [row] = await tx.query<{ decision: DecisionView }>(READ_VERSION, [proposalId, version]);
  return row?.decision ?? null;
}

/** A version of a decision that was issued. */
export interface DecisionVersion {
  readonly version: number;
  readonly issuedAt: Instant;
}

/** All that was issued on a proposal, the first one first; empty before the announcement, and for who may not read it. */
export async function listDecisionVersions(tx: Transaction, proposalId: string): Promise<readonly DecisionVersion[]> {
  return tx.query<DecisionVersion>(VERSIONS, [proposalId]);
}
