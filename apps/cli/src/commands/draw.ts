import { drawCalculator, drawLots, type DrawInput, type DrawnLots } from '#lib/funding';
import { makeBundle } from '#lib/kernel';
import { NODE_MAJOR } from '#app/worker';
import type { Command, ExitCode, Terminal } from '../command.js';
import { readArguments, type Arguments } from '../pure/arguments.js';
import { drawFaults } from '../pure/draw-faults.js';
import { atMost } from '../pure/read-json.js';
import { tableLines } from '../pure/table.js';
import { withInput } from '../pure/with-input.js';
import { unusable } from '../unusable-input.js';

const OPTIONS = { seed: 'text', id: 'texts', pretty: 'flag', bundle: 'flag' } as const;

export const drawCommand: Command = {
  words: ['draw'],
  summary: 'draws lots that anybody can draw again',
  help: `regioloket draw --seed TEXT --id A --id B … [--pretty] [--bundle]
regioloket draw FILE [--pretty] [--bundle]
  Draws lots among ids. Who knows the seed draws the same, in whatever order the ids are given: publish the commitment before, the seed after.
  In:  {seed, ids: [id]} (docs/schemas/draw.schema.json); all ids differ. At most 10,000 ids.
  Out: {commitment, order: [{id, ticket}]}, first drawn first.
       commitment = SHA-256(seed), ticket = HMAC-SHA256(key seed, message id), in hex, UTF-8, no newline. With openssl:
         printf %s SEED | openssl dgst -sha256          printf %s ID | openssl dgst -sha256 -hmac SEED
  --pretty  a table instead of JSON
  --bundle  the result with its input, versions and hash, for regioloket bundle replay
  Example: regioloket draw --seed 'secret:AEX 2027-03-01 912,34' --id Waterlab --id Windtunnel --pretty, or
           regioloket draw examples/lots-2.json --pretty`,
  run(args, terminal) {
    const given = readArguments(args, OPTIONS);
    if ('faults' in given) return Promise.resolve(unusable(terminal, given.faults));
    if (!given.has('seed') && !given.has('id'))
      return withInput(terminal, args, { options: OPTIONS, faultsOf: drawFaults }, (input) =>
        draw(terminal, input as DrawInput, given),
      );
    return Promise.resolve(fromOptions(terminal, given));
  },
};

function fromOptions(terminal: Terminal, given: Arguments): ExitCode {
  const [seed, ids] = [given.text('seed'), given.texts('id')];
  if (given.files.length > 0 || seed === undefined || ids.length === 0)
    return unusable(terminal, [{ pointer: '', message: 'Give a file, or --seed and --id, not both.' }]);
  const faults = drawFaults({ seed, ids });
  return faults.length > 0 ? unusable(terminal, atMost(faults)) : draw(terminal, { seed, ids }, given);
}

function draw(terminal: Terminal, { seed, ids }: DrawInput, given: Arguments): ExitCode {
  if (given.has('bundle')) {
    const tools = { progress: () => undefined, isCancelled: () => false };
    const bundle = makeBundle(drawCalculator, { input: { seed, ids }, options: {}, node: NODE_MAJOR }, tools);
    terminal.out(JSON.stringify(bundle, null, 2));
    return 0;
  }
  const drawn = drawLots(seed, ids);
  terminal.out(given.has('pretty') ? lotsTable(drawn, terminal.columns ?? 80) : JSON.stringify(drawn, null, 2));
  return 0;
}

/** What the place and a ticket of sixteen digits take beside the id. */
const [BESIDE, SHOWN] = [28, 16];

function lotsTable({ commitment, order }: DrawnLots, columns: number): string {
  const lines = tableLines([
    { head: '#', cells: order.map((_, i) => String(i + 1)), align: 'right' },
    { head: 'id', cells: order.map(({ id }) => id), most: Math.max(8, columns - BESIDE) },
    { head: 'ticket', cells: order.map(({ ticket }) => `${ticket.slice(0, SHOWN)}…`) },
  ]);
  return [...lines, '', 'commitment (SHA-256 of the seed)', commitment].join('\n');
}
