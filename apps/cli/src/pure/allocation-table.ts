import {
  passedOver,
  type Allocated,
  type AllocationAnswer,
  type AllocationInput,
  type RankedRequest,
} from '#lib/funding';
import { printable, tableLines } from './table.js';

const ID_WIDTH = 16;
/** The widest word on a row, `below-minimum`, and the gaps between seven columns. */
const [SAYING_WIDTH, GAPS] = [13, 12];

/** An allocation for a terminal: best ranked first, what each gets of what it asked, and a line below the last that gets something. */
export function allocationTable(answer: AllocationAnswer, input: AllocationInput, columns: number): string {
  if ('feasible' in answer)
    return [
      'No allocation keeps all quotas. Together these cannot hold:',
      ...answer.blocking.map(({ sentence }) => `- ${printable(sentence.en)}`),
    ].join('\n');
  const rows = [...input.proposals].sort((a, b) => a.rank - b.rank);
  const amountOf = new Map(answer.awards.map(({ id, amount }) => [id, amount]));
  const [head = '', rule = '', ...lines] = allocationLines(rows, answer, input, columns);
  const funded = rows.reduce((last, { id }, i) => (amountOf.has(id) ? i + 1 : last), 0);
  const money = `════ ${grouped(answer.paid)} of ${grouped(input.budget)} paid, ${grouped(answer.unspent)} left `;
  return [
    ...[head, rule, ...lines.slice(0, funded), money.padEnd(rule.length, '═'), ...lines.slice(funded)],
    ...['', ...notes(answer, input)],
  ].join('\n');
}

function allocationLines(
  rows: readonly RankedRequest[],
  answer: Allocated,
  input: AllocationInput,
  columns: number,
): readonly string[] {
  const amountOf = new Map(answer.awards.map(({ id, amount }) => [id, amount]));
  const said = sayings(answer, input);
  const widest = (head: string, of: (row: RankedRequest) => string): number =>
    rows.reduce((width, row) => Math.max(width, of(row).length), head.length);
  const numbers =
    widest('#', ({ rank }) => String(rank)) +
    widest('value', ({ value }) => String(value)) +
    2 * widest('requested', ({ requested }) => grouped(requested));
  const room = Math.min(24, columns - ID_WIDTH - SAYING_WIDTH - GAPS - numbers);
  const bar = ({ id, requested }: RankedRequest): string => {
    const filled = Math.round(((amountOf.get(id) ?? 0) / requested) * room);
    return '█'.repeat(filled) + '·'.repeat(room - filled);
  };
  return tableLines([
    { head: '#', cells: rows.map(({ rank }) => String(rank)), align: 'right' },
    { head: 'proposal', cells: rows.map(({ id }) => String(id)), most: ID_WIDTH },
    { head: 'value', cells: rows.map(({ value }) => String(value)), align: 'right' },
    { head: 'requested', cells: rows.map(({ requested }) => grouped(requested)), align: 'right' },
    { head: 'award', cells: rows.map(({ id }) => grouped(amountOf.get(id) ?? 0)), align: 'right' },
    ...(room < 6 ? [] : [{ head: '', cells: rows.map(bar) }]),
    {
      head: '',
      cells: rows.map(({ id, requested }) => said.get(id) ?? (amountOf.get(id) === requested ? '' : 'partial')),
    },
  ]);
}

/** Why somebody gets nothing, in a word or two. */
function sayings(answer: Allocated, input: AllocationInput): ReadonlyMap<unknown, string> {
  const isPassedOver = new Set(passedOver(input, answer));
  return new Map<unknown, string>([
    ...answer.reserve.map((id, i) => [id, `reserve ${i + 1}${isPassedOver.has(id) ? ' *' : ''}`] as const),
    ...answer.refused.map(({ id, reason }) => [id, reason] as const),
  ]);
}

function notes(answer: Allocated, input: AllocationInput): string[] {
  const over = passedOver(input, answer).length;
  const sure = answer.proven === false ? `, not proven: at most ${answer.bound ?? '?'}` : '';
  return [
    `${answer.rule}: value ${answer.value}${sure}, ${answer.awards.length} funded, ${over} passed over`,
    ...(over > 0 ? ['* nothing, although better ranked than somebody who gets something'] : []),
    ...answer.quotaViolations.map((violation) => `quota missed: ${printable(violation)}`),
    ...answer.refused.map(({ id, sentence }) => printable(`${id}: ${sentence.en}`)),
  ];
}

/** `12,500` from the digits themselves. */
function grouped(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ',');
}
