import { SeededRandom } from '#lib/kernel';

/** The shape of what `regioloket assign` reads; pairs are [proposal, reviewer, utility]. */
export interface GeneratedAssignment {
  reviewsPerProposal: number;
  minLoad: number;
  maxLoad: number;
  seats: string[];
  pairs: [number, number, number][];
}

/** How large; `candidates` keeps so many of the best pairs per proposal, with the best eight that hold the seat. */
export interface AssignmentSize {
  readonly proposals: number;
  readonly reviewers: number;
  readonly candidates?: number;
}

const [SUBJECTS, CONFLICTS, SEATED] = [24, 0.054, 8];

/** A committee drawn from a seed, as the reference figures have it: utility from shared subjects and a stated preference, two in five reviewers are stakeholders. */
export function generatedAssignment(
  { proposals, reviewers, candidates }: AssignmentSize,
  seed: string,
): GeneratedAssignment {
  const random = new SeededRandom(seed);
  const subjects = Array.from({ length: SUBJECTS }, (_, i) => i);
  const some = (count: number): Set<number> =>
    new Set(Array.from({ length: count }, () => random.integer(subjects.length)));
  const [known, asked] = [
    Array.from({ length: reviewers }, () => some(6)),
    Array.from({ length: proposals }, () => some(3)),
  ];
  const isSeated = (r: number): boolean => r % 5 < 2;
  const pairs = asked.flatMap((subjectsAsked, p) => {
    const all: [number, number, number][] = [];
    for (let r = 0; r < reviewers; r++) {
      if (random.integer(1000) < CONFLICTS * 1000) continue;
      const shared = [...subjectsAsked].filter((subject) => known[r]?.has(subject)).length / subjectsAsked.size;
      all.push([p, r, Math.min(1000, Math.round(700 * shared + 75 * random.integer(5) + random.integer(12)))]);
    }
    all.sort(([, , u], [, , v]) => v - u);
    if (candidates === undefined) return all;
    const seated = all.filter(([, r]) => isSeated(r)).slice(0, SEATED);
    return [...seated, ...all.filter((pair) => !seated.includes(pair)).slice(0, candidates - seated.length)];
  });
  const mean = (proposals * 3) / reviewers;
  const seats = Array.from({ length: reviewers }, (_, r) => (isSeated(r) ? 'stakeholder' : 'expert'));
  return { reviewsPerProposal: 3, minLoad: Math.floor(mean * 0.5), maxLoad: Math.ceil(mean * 1.4), seats, pairs };
}

/** A committee in which some reviewers are the better choice for everybody, so that proposals compete; all loads are alike. */
export function contestedAssignment(
  { proposals, reviewers, reviewsPerProposal }: AssignmentSize & { readonly reviewsPerProposal: number },
  seed: string,
): GeneratedAssignment {
  const random = new SeededRandom(seed);
  const quality = Array.from({ length: reviewers }, () => random.integer(500));
  const pairs = Array.from({ length: proposals * reviewers }, (_, i) => i)
    .filter(() => random.integer(10) > 0)
    .map((i): [number, number, number] => {
      const reviewer = i % reviewers;
      return [Math.floor(i / reviewers), reviewer, (quality[reviewer] ?? 0) + random.integer(501)];
    });
  const mean = (proposals * reviewsPerProposal) / reviewers;
  const seats = Array.from({ length: reviewers }, (_, r) => (r % 2 === 0 ? 'stakeholder' : 'expert'));
  return { reviewsPerProposal, minLoad: Math.floor(mean), maxLoad: Math.ceil(mean), seats, pairs };
}
