import type { AssignAnswer, AssignQuestion, FeasibleAnswer, NamedBlocking } from '#lib/assignment';
import { printable, tableLines } from './table.js';

const ID_WIDTH = 16;

/** An answer for people: who reviews what, and how much each does; or the rules that stand in the way. */
export function assignmentTable(answer: AssignAnswer, question: AssignQuestion, columns: number): string {
  if (!answer.feasible)
    return ['No assignment keeps all rules. Together these cannot hold:', ...sentences(answer.blocking)].join('\n');
  const parts = [proposalLines(answer, question, columns), reviewerLines(answer, question, columns), [summary(answer)]];
  if (answer.whyNot !== undefined)
    parts.push([printable(answer.whyNot.sentence.en), ...sentences(answer.whyNot.blocking)]);
  if (answer.rebalance !== undefined) parts.push(changeLines(answer.rebalance));
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function sentences(blocking: readonly NamedBlocking[]): string[] {
  return blocking.map(({ sentence }) => `- ${printable(sentence.en)}`);
}

function proposalLines(
  { assignment }: FeasibleAnswer,
  { input, seat }: AssignQuestion,
  columns: number,
): readonly string[] {
  const seatOf = new Map(input.seats.map((held, r) => [reviewerName(input, r), held]));
  const byProposal = new Map<string, string[]>();
  for (const [p, r] of assignment) {
    const shown = String(r) + (seat !== null && seatOf.get(String(r)) === seat ? '*' : '');
    byProposal.set(String(p), [...(byProposal.get(String(p)) ?? []), shown]);
  }
  const reviewers = [...byProposal.values()].map((list) => list.join(', '));
  const lines = tableLines([
    { head: 'proposal', cells: [...byProposal.keys()], most: ID_WIDTH },
    { head: 'reviewers', cells: reviewers, most: columns - ID_WIDTH - 2 },
  ]);
  return seat === null ? lines : [...lines, `* holds the seat ${printable(seat)}`];
}

function reviewerLines({ loads }: FeasibleAnswer, { input }: AssignQuestion, columns: number): readonly string[] {
  const bounds = loads.map(
    (_, r) => `${input.loads?.[r]?.min ?? input.minLoad}–${input.loads?.[r]?.max ?? input.maxLoad}`,
  );
  const [most, room] = [Math.max(1, ...loads), Math.max(10, columns - 60)];
  return tableLines([
    { head: 'reviewer', cells: loads.map((_, r) => reviewerName(input, r)), most: ID_WIDTH },
    { head: 'seat', cells: input.seats, most: ID_WIDTH },
    { head: 'load', cells: loads.map(String), align: 'right' },
    { head: 'allowed', cells: bounds, align: 'right' },
    { head: '', cells: loads.map((load) => '█'.repeat(Math.round((load / most) * room))) },
  ]);
}

function summary({ total, worst, proven, bound }: FeasibleAnswer): string {
  const sure = proven ? 'proven best' : `best found; no assignment has a worst sum above ${bound ?? worst}`;
  return `Total ${total}, worst proposal ${worst} (${sure}).`;
}

function changeLines({ kept, added, removed }: NonNullable<FeasibleAnswer['rebalance']>): string[] {
  const line =
    (sign: string) =>
    (pair: readonly (string | number)[]): string =>
      `${sign} ${printable(pair.join(' – '))}`;
  return [
    `${kept} pairs stay, ${removed.length} go, ${added.length} come:`,
    ...removed.map(line('-')),
    ...added.map(line('+')),
  ];
}

function reviewerName({ proposals, reviewers }: AssignQuestion['input'], r: number): string {
  return String(proposals === undefined ? r : (reviewers?.[r] ?? r));
}
