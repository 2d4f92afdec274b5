import type { Language } from '#lib/kernel';
import type { Lying } from './decide-case.js';

/** Whether somebody else must decide: who drafted it or advised on it does not. */
function ownPart({ draft, advice }: Lying['rows'][number], me: string): object {
  const isDrafted = draft?.preparedBy === me;
  return { isOwn: isDrafted || advice?.givenBy === me, ownText: isDrafted ? 'decide.own' : 'decide.own-advice' };
}

/** A call with what lies before the decider; `me`: who must not decide what that person drafted or advised on. */
export function callView({ call, rows }: Lying, language: Language, me: string): object {
  const asked = rows.reduce((sum, { draft }) => sum + (draft?.amountCents ?? 0), 0);
  return {
    ...{ id: call.id, name: call.name[language], number: call.number, ceilingCents: call.ceilingCents },
    ...{
      leftCents: call.ceilingCents - call.awardedCents,
      askedCents: asked,
      isTooMuch: asked > call.ceilingCents - call.awardedCents,
    },
    rows: rows.map((row) => ({
      ...row,
      isGrant: row.draft?.outcome === 'grant',
      outcomeText: `decide.${row.act === 'promote' ? 'promote' : (row.draft?.outcome ?? '')}`,
      groundText: row.draft?.ground == null ? null : `action.choice.${row.draft.ground}`,
      ...ownPart(row, me),
      isOutdated: row.advice?.holds === false,
      deviates:
        row.advice !== null &&
        row.draft !== null &&
        (row.advice.outcome !== row.draft.outcome || row.advice.amountCents !== row.draft.amountCents),
    })),
  };
}
