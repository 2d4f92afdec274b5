import { Ajv2020 } from 'ajv/dist/2020.js';
import { calendarDate, DomainError, type CalendarDate } from '#lib/kernel';
import { computeTerm, freeDays, type TermInput } from '#lib/terms';
import type { Command, ExitCode, Terminal } from '../command.js';
import { unusable, type InputFault } from '../unusable-input.js';

const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const SCHEMA = {
  type: 'object',
  required: ['start', 'period', 'source'],
  additionalProperties: false,
  properties: {
    start: date,
    startsNextDay: { type: 'boolean' },
    period: { type: 'string', pattern: '^P\\d{1,4}(D|W|M|Y)$' },
    source: { enum: ['law', 'decree', 'ministerial-regulation', 'own-rules'] },
    direction: { enum: ['forward', 'backward'] },
    suspensions: {
      type: 'array',
      maxItems: 1000,
      items: {
        type: 'object',
        required: ['from', 'until'],
        additionalProperties: false,
        properties: { from: date, until: date },
      },
    },
    ...Object.fromEntries(['name', 'description', 'licence', 'unit', 'seed', 'reference'].map((key) => [key, {}])),
  },
};

const hasShape = new Ajv2020({ allErrors: true, strict: false }).compile<TermInput>(SCHEMA);

export const termCommand: Command = {
  words: ['term'],
  summary: 'on which day a legal term ends, and why',
  help: `regioloket term FILE
  In:  {start, startsNextDay?, period: "P6W", source: "law" | "decree" | "ministerial-regulation" | "own-rules", direction?, suspensions?}
  Out: {lastDay, movedFrom, because: [{rule, day, name}]}
  Example: echo '{"start": "2026-04-02", "period": "P6W", "source": "law"}' | regioloket term -

regioloket term --days 2027
  Out: [{day, name, ground}], the free days of that year.`,
  async run(args, terminal) {
    if (args[0] === '--days') return days(terminal, args[1] ?? '');
    const [file] = args;
    if (file === undefined || args.length > 1)
      return unusable(terminal, [{ pointer: '', message: 'Name one file, or - for standard input.' }]);
    return compute(terminal, await terminal.read(file));
  },
};

function days(terminal: Terminal, year: string): ExitCode {
  if (!/^[12]\d{3}$/.test(year)) return unusable(terminal, [{ pointer: '', message: 'Give a year such as 2027.' }]);
  terminal.out(
    JSON.stringify(
      freeDays(Number(year)).map(({ day, name, ground }) => ({ day, name: name.nl, ground })),
      null,
      2,
    ),
  );
  return 0;
}

function compute(terminal: Terminal, text: string): ExitCode {
  const parsed = parseJson(text);
  if (parsed === undefined) return unusable(terminal, [{ pointer: '', message: 'This is not JSON.' }]);
  const faults = faultsOf(parsed);
  if (faults.length > 0) return unusable(terminal, faults);
  const answer = computeTerm(parsed as TermInput);
  const because = answer.because.map(({ rule, day, name }) => ({ rule, day, name: name.nl }));
  terminal.out(JSON.stringify({ lastDay: answer.lastDay, movedFrom: answer.movedFrom, because }, null, 2));
  return 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Faults of shape, then dates that do not exist, then suspensions that end before they begin. */
function faultsOf(input: unknown): readonly InputFault[] {
  if (!hasShape(input)) {
    return (hasShape.errors ?? []).map(({ instancePath, message, params }) => {
      const extra: unknown = params['additionalProperty'];
      return {
        pointer: instancePath,
        message: `${message ?? 'is wrong'}${typeof extra === 'string' ? `: ${extra}` : ''}`,
      };
    });
  }
  const dates = [['/start', input.start] as const, ...suspendedDays(input)];
  const unreal = dates.flatMap(([pointer, day]) =>
    isDate(day) ? [] : [{ pointer, message: 'This date does not exist.' }],
  );
  const reversed = (input.suspensions ?? []).flatMap(({ from, until }, i) =>
    until < from ? [{ pointer: `/suspensions/${i}`, message: 'The suspension ends before it begins.' }] : [],
  );
  return [...unreal, ...reversed];
}

function suspendedDays(input: TermInput): (readonly [string, CalendarDate])[] {
  return (input.suspensions ?? []).flatMap(({ from, until }, i) => [
    [`/suspensions/${i}/from`, from] as const,
    [`/suspensions/${i}/until`, until] as const,
  ]);
}

function isDate(text: string): boolean {
  try {
    calendarDate(text);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
