import type { BlockingQuota } from '../allocation/allocation-answer.js';
import type { Quota } from '../allocation/allocation-input.js';
import type { FundingProblem } from '../allocation/funding-problem.js';
import { quotaName } from '../allocation/quota-totals.js';

interface Bound {
  readonly quota: number;
  readonly side: 'min' | 'max';
}

/**
 * An irreducible set of quota bounds that cannot hold together with the budget (QuickXplain: Junker, AAAI 2004). `canHold` says whether
 * some allocation keeps them.
 */
export function blockingQuotas(
  problem: FundingProblem,
  canHold: (problem: FundingProblem) => boolean,
): BlockingQuota[] {
  const bounds = problem.quotas.flatMap(({ min = 0, max }, quota): Bound[] => [
    ...(min > 0 ? [{ quota, side: 'min' as const }] : []),
    ...(max === undefined ? [] : [{ quota, side: 'max' as const }]),
  ]);
  const holds = (some: readonly Bound[]): boolean => canHold({ ...problem, quotas: onlyWith(problem.quotas, some) });
  const found = new Set(conflict([], bounds, false, holds));
  return bounds.filter((bound) => found.has(bound)).map((bound) => told(problem.quotas[bound.quota], bound));
}

function conflict(
  base: readonly Bound[],
  bounds: readonly Bound[],
  isNew: boolean,
  holds: (some: readonly Bound[]) => boolean,
): readonly Bound[] {
  if (isNew && !holds(base)) return [];
  if (bounds.length <= 1) return bounds;
  const half = Math.floor(bounds.length / 2);
  const [first, second] = [bounds.slice(0, half), bounds.slice(half)];
  const ofSecond = conflict([...base, ...first], second, first.length > 0, holds);
  const ofFirst = conflict([...base, ...ofSecond], first, ofSecond.length > 0, holds);
  return [...ofFirst, ...ofSecond];
}

/** The quotas with these bounds and no others. */
function onlyWith(quotas: readonly Quota[], bounds: readonly Bound[]): Quota[] {
  const kept = new Set(bounds.map(({ quota, side }) => `${quota} ${side}`));
  return quotas.map(({ field, value, measure, min, max }, q) => ({
    ...{ field, value, measure },
    ...(min !== undefined && kept.has(`${q} min`) ? { min } : {}),
    ...(max !== undefined && kept.has(`${q} max`) ? { max } : {}),
  }));
}

function told(quota: Quota | undefined, { side }: Bound): BlockingQuota {
  const [name, need] = [quota === undefined ? '' : quotaName(quota), quota?.[side] ?? 0];
  const [nl, en] = side === 'min' ? ['ten minste', 'at least'] : ['ten hoogste', 'at most'];
  return {
    quota: name,
    side,
    need,
    sentence: {
      nl: `Het quotum ${name} van ${nl} ${need} kan niet samengaan met het budget en de andere genoemde quota.`,
      en: `The quota ${name} of ${en} ${need} cannot hold together with the budget and the other quotas named.`,
    },
  };
}
