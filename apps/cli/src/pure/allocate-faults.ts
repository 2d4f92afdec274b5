import { scaleOf, shareOf } from '#lib/funding';
import { NotAFraction } from '#lib/kernel';
import type { InputFault } from '../unusable-input.js';
import { fieldsOf, listOf, type Fields } from './loose.js';
import { pointerOf } from './pointer.js';
import { MOST_FAULTS } from './read-json.js';
import { schemaCheck } from './schema-check.js';

let shapeFaults: ((input: unknown) => readonly InputFault[]) | undefined;

/** Every fault of an input of `allocate`: of shape, and of what the shape cannot say, as far as the shape allows to look. */
export function allocateFaults(input: unknown): readonly InputFault[] {
  shapeFaults ??= schemaCheck('allocate');
  const shape = shapeFaults(input);
  if (shape.length > MOST_FAULTS) return shape;
  const { cofinancingMin, quotas, proposals } = fieldsOf(input);
  const rows = listOf(proposals).map(fieldsOf);
  return [
    ...shape,
    ...shareFaults(cofinancingMin),
    ...quotaFaults(listOf(quotas).map(fieldsOf), rows),
    ...rowFaults(rows),
    ...valueFaults(rows),
  ];
}

function shareFaults(share: unknown): InputFault[] {
  if (typeof share !== 'string' || !/^\d{1,15}\/\d{1,15}$/.test(share)) return [];
  const fault = (message: string): InputFault[] => [{ pointer: '/cofinancingMin', message }];
  try {
    const { numerator, denominator } = shareOf(share);
    return numerator > denominator ? fault('A share is at most 1.') : [];
  } catch (error) {
    if (!(error instanceof NotAFraction)) throw error;
    return fault('The denominator is zero.');
  }
}

function quotaFaults(quotas: readonly Fields[], rows: readonly Fields[]): InputFault[] {
  const known = new Set(rows.flatMap((row) => Object.keys(row)));
  return quotas.flatMap(({ field, min, max }, q) => {
    const faults: InputFault[] = [];
    if (typeof field === 'string' && field !== '' && !known.has(field))
      faults.push({ pointer: pointerOf(['quotas', q, 'field']), message: 'No proposal has this field.' });
    if (typeof min === 'number' && typeof max === 'number' && min > max)
      faults.push({ pointer: pointerOf(['quotas', q]), message: 'The minimum is above the maximum.' });
    return faults;
  });
}

/** Ids and ranks that stand twice, and minimums above what is requested; it stops after more than anybody reads. */
function rowFaults(rows: readonly Fields[]): InputFault[] {
  const [ids, ranks] = [new Map<unknown, number>(), new Map<unknown, number>()];
  const faults: InputFault[] = [];
  for (const [i, { id, rank, requested, minimum }] of rows.entries()) {
    if (isTwice(ids, typeof id === 'number' ? String(id) : id, i))
      faults.push({ pointer: pointerOf(['proposals', i, 'id']), message: 'This id is listed before.' });
    if (isTwice(ranks, rank, i))
      faults.push({
        pointer: pointerOf(['proposals', i, 'rank']),
        message: `The rank ${String(rank)} is that of /proposals/${ranks.get(rank) ?? 0} too: draw lots first (regioloket draw).`,
      });
    if (typeof requested === 'number' && typeof minimum === 'number' && minimum > requested)
      faults.push({
        pointer: pointerOf(['proposals', i, 'minimum']),
        message: 'The minimum is above what is requested.',
      });
    if (faults.length > MOST_FAULTS) break;
  }
  return faults;
}

/** Of texts and numbers only: other kinds are faults of shape. */
function isTwice(seen: Map<unknown, number>, value: unknown, at: number): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  if (seen.has(value)) return true;
  seen.set(value, at);
  return false;
}

function valueFaults(rows: readonly Fields[]): InputFault[] {
  const values = rows.flatMap(({ value }, i) => (typeof value === 'number' && value >= 0 ? [{ value, i }] : []));
  if (scaleOf(values.map(({ value }) => value)) !== null) return [];
  const message = 'Values have at most six decimals, and together with these at most nine digits.';
  const faulty = values.filter(({ value }) => scaleOf([value]) === null);
  return (faulty.length > 0 ? faulty : values.slice(0, 1))
    .filter(({ value }) => value <= 1e9)
    .map(({ i }) => ({ pointer: pointerOf(['proposals', i, 'value']), message }));
}
