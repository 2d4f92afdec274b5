import type { Text } from '#lib/kernel';
import type { RuleKind } from './irreducible-rules.js';
import type { AssignmentProblem } from './problem.js';

/** Rules of one kind, to be told in one sentence. */
interface Told {
  readonly kind: RuleKind;
  readonly proposals: readonly number[];
  readonly reviewers: readonly number[];
  readonly seat: string;
  /** What all rules ask for together, where this sentence is to tell it. */
  readonly together: { readonly need: number; readonly have: number; readonly alone: boolean } | null;
}

/** More names than this make no sentence. */
const MOST_NAMES = 5;

export function sentenceOf(told: Told, problem: AssignmentProblem): Text {
  const { nl, en } = TELL[told.kind](told, problem);
  const tail = told.together === null ? { nl: '', en: '' } : shortage(told.together);
  return { nl: nl + tail.nl, en: en + tail.en };
}

function shortage({ need, have, alone }: NonNullable<Told['together']>): Text {
  if (alone && have === 0) return { nl: ' Er is er geen enkele mogelijk.', en: ' None can be had.' };
  if (alone)
    return { nl: ` Er ${have === 1 ? 'is' : 'zijn'} er maar ${have} mogelijk.`, en: ` Only ${have} can be had.` };
  return {
    nl: ` Samen vragen deze regels ${need} beoordelingen, en er zijn er ${have} mogelijk.`,
    en: ` Together these rules ask for ${need} reviews, and ${have} are possible.`,
  };
}

const TELL: Readonly<Record<RuleKind, (told: Told, problem: AssignmentProblem) => Text>> = {
  reviews({ proposals }, problem) {
    const [names, k] = [listed(proposals.map((p) => problem.proposals[p]!)), problem.reviewsPerProposal];
    const all = proposals.length * k;
    if (proposals.length === 1)
      return {
        nl: `Aanvraag ${names.nl} moet precies ${k} ${reviews(k).nl} krijgen.`,
        en: `Proposal ${names.en} must get exactly ${k} ${reviews(k).en}.`,
      };
    return {
      nl: `De aanvragen ${names.nl} moeten elk precies ${k} ${reviews(k).nl} krijgen, samen ${all}.`,
      en: `Proposals ${names.en} must get exactly ${k} ${reviews(k).en} each, ${all} together.`,
    };
  },
  seat({ proposals, seat }, problem) {
    const names = listed(proposals.map((p) => problem.proposals[p]!));
    if (proposals.length === 1)
      return {
        nl: `Aanvraag ${names.nl} moet een beoordelaar van de zetel ${seat} hebben.`,
        en: `Proposal ${names.en} must have a reviewer with seat ${seat}.`,
      };
    return {
      nl: `De aanvragen ${names.nl} moeten elk een beoordelaar van de zetel ${seat} hebben.`,
      en: `Proposals ${names.en} must each have a reviewer with seat ${seat}.`,
    };
  },
  'min-load': ({ reviewers }, problem) =>
    loadSentence(reviewers, problem, problem.minLoads, {
      nl: ['moet minstens', 'moeten samen minstens'],
      en: 'must do at least',
    }),
  'max-load': ({ reviewers }, problem) =>
    loadSentence(reviewers, problem, problem.maxLoads, {
      nl: ['mag hoogstens', 'mogen samen hoogstens'],
      en: 'may do at most',
    }),
  fixed({ proposals, reviewers }, problem) {
    const pairs = proposals.map((p, i) => `${problem.proposals[p]!}–${problem.reviewers[reviewers[i]!]!}`);
    const names = listed(pairs);
    if (pairs.length === 1) return { nl: `Het koppel ${names.nl} ligt vast.`, en: `The pair ${names.en} is fixed.` };
    return { nl: `De koppels ${names.nl} liggen vast.`, en: `The pairs ${names.en} are fixed.` };
  },
};

function loadSentence(
  reviewers: readonly number[],
  problem: AssignmentProblem,
  loads: Int32Array,
  verb: { readonly nl: readonly [string, string]; readonly en: string },
): Text {
  const names = listed(reviewers.map((r) => problem.reviewers[r]!));
  const sum = reviewers.reduce((total, r) => total + loads[r]!, 0);
  if (reviewers.length === 1)
    return {
      nl: `Beoordelaar ${names.nl} ${verb.nl[0]} ${sum} ${reviews(sum).nl} doen.`,
      en: `Reviewer ${names.en} ${verb.en} ${sum} ${reviews(sum).en}.`,
    };
  return {
    nl: `De beoordelaars ${names.nl} ${verb.nl[1]} ${sum} ${reviews(sum).nl} doen.`,
    en: `Reviewers ${names.en} together ${verb.en} ${sum} ${reviews(sum).en}.`,
  };
}

function reviews(count: number): Text {
  return count === 1 ? { nl: 'beoordeling', en: 'review' } : { nl: 'beoordelingen', en: 'reviews' };
}

function listed(names: readonly string[]): Text {
  const [shown, more] = [names.slice(0, MOST_NAMES), names.length - MOST_NAMES];
  if (more > 0) return { nl: `${shown.join(', ')} en nog ${more}`, en: `${shown.join(', ')} and ${more} more` };
  const [last = '', rest] = [shown.at(-1), shown.slice(0, -1)];
  return rest.length === 0
    ? { nl: last, en: last }
    : { nl: `${rest.join(', ')} en ${last}`, en: `${rest.join(', ')} and ${last}` };
}
