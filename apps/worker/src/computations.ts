import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

const BUILT = join(projectFolder(), 'dist');

/** What jobs compute on threads, by kind: the built module whose `compute` does it. */
export const COMPUTATIONS: Readonly<Record<string, string>> = {
  /** `{rubric, proposals: [{id, reviews}]}` to totals and places: a whole call scored anew, as `freeze-scores` and a ranking do it. */
  'score-call': join(BUILT, 'libs', 'scoring', 'src', 'score-call.js'),
  /** `{kind, input, options}` to a bundle: who reviews what, how proposals rank, who gets the money. */
  bundle: join(BUILT, 'apps', 'worker', 'src', 'bundle-call.js'),
};

/** Prints a batch of letters: `{letters}` to their bytes, in their order. */
export const PRINT_MODULE = join(BUILT, 'libs', 'documents', 'src', 'print-call.js');
