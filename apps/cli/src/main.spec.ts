import { describe, expect, it } from '@jest/globals';
import type { ExitCode, Terminal } from './command.js';
import { main } from './main.js';

interface Answer {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

const run = async (args: string[], files: Record<string, string> = {}): Promise<Answer> => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    read: (file) => (files[file] === undefined ? Promise.reject(new Error(file)) : Promise.resolve(files[file])),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  };
  return { code: await main(args, terminal), out: out.join('\n'), err: err.join('\n') };
};

describe('regioloket', () => {
  it('lists its commands, and explains one of them', async () => {
    const { code, out } = await run([]);
    expect([code, out.includes('round run'), out.includes('audit anchor')]).toEqual([0, true, true]);
    expect((await run(['help', 'term'])).out).toContain('Example:');
    expect((await run(['help', 'round', 'run'])).out).toContain('docs/schemas/round.schema.json');
  });

  it('names an unknown command as problem+json on standard error', async () => {
    const { code, out, err } = await run(['dance']);
    expect([code, out, (JSON.parse(err) as { status: number }).status]).toEqual([2, '', 400]);
  });

  it('computes a term, and names every fault of an input', async () => {
    const input = JSON.stringify({ start: '2026-04-02', period: 'P6W', source: 'law' });
    const { code, out } = await run(['term', 'a.json'], { 'a.json': input });
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ lastDay: '2026-05-18' })]);
    const wrong = await run(['term', 'b.json'], {
      'b.json': JSON.stringify({ start: 'x', period: 'P6W', source: 'no' }),
    });
    expect([wrong.code, (JSON.parse(wrong.err) as { errors: unknown[] }).errors.length]).toEqual([2, 2]);
  });

  it('checks a workflow and names the place of a fault', async () => {
    const { code, out } = await run(['workflow', 'check', 'w.yaml'], {
      'w.yaml': 'workflow: x\nsubject: nothing\nstart: A\nstates: {}\n',
    });
    expect([code, out.includes('w.yaml')]).toEqual([1, true]);
  });

  it.each([
    [['audit', 'anchor'], 'Name the private key'],
    [['audit', 'verify', 'anchor.json'], 'Name an anchor and the public key'],
    [['round', 'run'], 'Name one file'],
    [['term'], 'Name one file'],
  ])('%j without what it needs says so', async (args, message) => {
    const { code, err } = await run(args, { 'anchor.json': '{}' });
    expect([code, err.includes(message)]).toEqual([2, true]);
  });
});
