import type { InputFault } from '../unusable-input.js';
import { fieldsOf, listOf, type Fields } from './loose.js';
import { rowFaults } from './rank-row-faults.js';
import { MOST_FAULTS } from './read-json.js';
import { schemaCheck } from './schema-check.js';

/** The contract's limits for models that learn reviewers. */
const MOST = { proposals: 2_000, reviewers: 200 };

let shapeFaults: ((input: unknown) => readonly InputFault[]) | undefined;

/** Every fault of an input of `rank`: of shape, and of what the shape cannot say, as far as the shape allows to look. */
export function rankFaults(input: unknown, model: string): readonly InputFault[] {
  shapeFaults ??= schemaCheck('rank');
  const shape = shapeFaults(input);
  if (shape.length > MOST_FAULTS) return shape;
  const panel = fieldsOf(input);
  return [
    ...shape,
    ...kindFaults(panel),
    ...scaleFaults(panel['scale']),
    ...weightFaults(panel['criteria']),
    ...['proposals', 'reviewers'].flatMap((key) => twiceFaults(listOf(panel[key]), `/${key}`)),
    ...twiceFaults(
      listOf(panel['criteria']).map((criterion) => fieldsOf(criterion)['key']),
      '/criteria',
    ),
    ...sizeFaults(panel, model),
    ...rowFaults(panel),
  ];
}

function kindFaults(panel: Fields): InputFault[] {
  const [byScore, byCriterion] = ['scores' in panel, 'criteria' in panel || 'reviews' in panel || 'minWeight' in panel];
  if (byScore && byCriterion) return [{ pointer: '', message: 'Give scores, or criteria with reviews; not both.' }];
  if (byScore) return [];
  return ['criteria', 'reviews'].flatMap((key) =>
    key in panel ? [] : [{ pointer: '', message: `Give scores, or criteria with reviews; ${key} is missing.` }],
  );
}

function scaleFaults(scale: unknown): InputFault[] {
  const { min, max } = fieldsOf(scale);
  if (typeof min !== 'number' || typeof max !== 'number' || min < max) return [];
  return [{ pointer: '/scale', message: 'The lowest score must be below the highest.' }];
}

function weightFaults(criteria: unknown): InputFault[] {
  const weights = listOf(criteria).map((criterion) => fieldsOf(criterion)['weight']);
  if (weights.length === 0 || weights.some((weight) => weight !== 0)) return [];
  return [{ pointer: '/criteria', message: 'At least one criterion must have a weight above zero.' }];
}

function twiceFaults(ids: readonly unknown[], at: string): InputFault[] {
  const seen = new Set<unknown>();
  return ids.flatMap((id, i) => {
    const isTwice = seen.has(id);
    seen.add(id);
    return isTwice && typeof id === 'string' ? [{ pointer: `${at}/${i}`, message: 'This id is listed before.' }] : [];
  });
}

function sizeFaults(panel: Fields, model: string): InputFault[] {
  if (model === 'mean') return [];
  return (['proposals', 'reviewers'] as const).flatMap((key) =>
    listOf(panel[key]).length <= MOST[key]
      ? []
      : [
          {
            pointer: `/${key}`,
            message: `The model ${model} takes at most ${MOST.proposals} proposals and ${MOST.reviewers} reviewers; use --model mean.`,
          },
        ],
  );
}
