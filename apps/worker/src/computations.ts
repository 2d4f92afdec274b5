import { join } from 'node:path';
import { projectFolder } from '#lib/settings';

const BUILT = join(projectFolder(), 'dist', 'libs');
const HERE = join(projectFolder(), 'dist', 'apps', 'worker', 'src');

/** What jobs compute on threads, by kind: the built module whose `compute` does it. */
export const COMPUTATIONS: Readonly<Record<string, string>> = {
  /** `{rubric, proposals: [{id, reviews}]}` to totals and places: a whole call scored anew, as `freeze-scores` and a ranking do it. */
  'score-call': join(BUILT, 'scoring', 'src', 'score-call.js'),
  /** An AssignQuestion to an AssignAnswer: who reviews what. */
  'assign-reviewers': join(HERE, 'assign-reviewers.js'),
};
