import { SeededRandom } from '#lib/kernel';

/** The shape of what `regioloket allocate` reads. */
export interface GeneratedAllocation {
  budget: number;
  cofinancingMin: number | string;
  quotas: GeneratedQuota[];
  proposals: GeneratedRequest[];
}

export interface GeneratedQuota {
  field: string;
  value: string;
  measure: 'count' | 'amount';
  min?: number;
  max?: number;
}

export interface GeneratedRequest {
  id: string;
  rank: number;
  value: number;
  requested: number;
  minimum: number;
  own: number;
  region: string;
  theme: string;
}

const REGIONS = ['north', 'south', 'west', 'east'];
const THEMES = ['energy', 'digital', 'health', 'water'];

/**
 * A ranked call as the reference figures have it: the value is the expected share of rivals beaten, two in three can work with 70 % of what
 * they ask, one in ten lacks co-financing; money for about a third, a minimum and a ceiling for regions, a least count for a theme.
 */
export function generatedAllocation(size: number, seed: string): GeneratedAllocation {
  const random = new SeededRandom(`${seed} ${size}`);
  const proposals = Array.from({ length: size }, (_, i): GeneratedRequest => {
    const requested = 10 + random.integer(300);
    return {
      ...{ id: `P${String(i + 1).padStart(5, '0')}`, rank: i + 1, value: Math.round(1000 * (1 - (i + 0.5) / size)) },
      ...{ requested, minimum: random.integer(3) === 0 ? requested : Math.ceil(requested * 0.7) },
      own: random.integer(10) === 0 ? 0 : Math.ceil(requested * (0.25 + random.integer(100) / 100)),
      ...{ region: REGIONS[random.integer(4)] ?? '', theme: THEMES[random.integer(4)] ?? '' },
    };
  });
  const budget = Math.floor(proposals.reduce((sum, { requested }) => sum + requested, 0) * 0.35);
  return {
    ...{ budget, cofinancingMin: '1/5', proposals },
    quotas: [
      { field: 'region', value: 'north', measure: 'amount', min: Math.floor(budget * 0.3) },
      { field: 'region', value: 'south', measure: 'amount', max: Math.floor(budget * 0.2) },
      { field: 'theme', value: 'health', measure: 'count', min: Math.floor(size * 0.12) },
    ],
  };
}

/** A few proposals with small numbers, so that ties and tight quotas are frequent and every allocation can be looked at. */
export function smallAllocation(seed: string, most = 8): GeneratedAllocation {
  const random = new SeededRandom(seed);
  const pick = (list: readonly string[]): string => list[random.integer(2)] ?? '';
  const ranks = random.shuffle(Array.from({ length: 3 + random.integer(most - 2) }, (_, i) => i + 1));
  const proposals = ranks.map((rank): GeneratedRequest => {
    const requested = 1 + random.integer(9);
    const minimum = Math.max(random.integer(2), requested - random.integer(4));
    const fields = { region: pick(REGIONS), theme: pick(THEMES) };
    return { id: `p${rank}`, rank, value: random.integer(6), requested, minimum, own: random.integer(8), ...fields };
  });
  const budget = random.integer(4 * proposals.length) + 3;
  const quotas = Array.from({ length: random.integer(4) }, (): GeneratedQuota => {
    const [field, list] = random.integer(2) === 0 ? ['region', REGIONS] : ['theme', THEMES];
    const measure = random.integer(2) === 0 ? 'count' : 'amount';
    const min = random.integer(measure === 'count' ? 3 : 10);
    const max = min + random.integer(measure === 'count' ? 3 : 10);
    const side = random.integer(3);
    return { field, value: pick(list), measure, ...(side === 0 ? {} : { min }), ...(side === 1 ? {} : { max }) };
  });
  return { budget, cofinancingMin: ['0', '1/4', '1/3'][random.integer(3)] === '0' ? 0 : '1/4', quotas, proposals };
}

/** The same call in a unit so many times smaller, with amounts down to the last of them: large numbers that have no common divisor. */
export function inSmallerUnits(call: GeneratedAllocation, times: number, seed: string): GeneratedAllocation {
  const random = new SeededRandom(seed);
  const proposals = call.proposals.map((row) => {
    const requested = row.requested * times + random.integer(times);
    const minimum = row.minimum === row.requested ? requested : row.minimum * times;
    return { ...row, requested, minimum, own: row.own * times };
  });
  const quotas = call.quotas.map(({ min, max, ...quota }) => {
    const factor = quota.measure === 'count' ? 1 : times;
    return {
      ...quota,
      ...(min === undefined ? {} : { min: min * factor }),
      ...(max === undefined ? {} : { max: max * factor }),
    };
  });
  return { ...call, budget: call.budget * times, proposals, quotas };
}
