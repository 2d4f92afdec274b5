import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '#app/server';
import { projectFolder } from '#lib/settings';
import { serve } from '../support/round-server.js';
import { TestRound } from '../support/test-round.js';

/** What is too long for its field is told, whole, never cut: the last lines of an objection are as much a part of it as the first. */
let noord: TestRound;
let server: RunningServer;
const session = randomUUID();
let [call, draft] = ['', ''];
const applicant = (): string => noord.people.applicants[0] ?? '';

beforeAll(async () => {
  noord = await TestRound.open({ members: 6, applicants: 2 });
  server = await serve(noord);
  call = await noord.openCall();
  draft = await noord.draft(call, applicant());
  await noord.look.query(
    `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values ($1, $2, 'x', 'link')`,
    [createHash('sha256').update(session).digest('hex'), applicant()],
  );
});
afterAll(async () => {
  await server.stop();
  await noord.close();
});

/** Sends a form as a browser does. */
const send = async (path: string, fields: Readonly<Record<string, string>>): Promise<Response> => {
  const headers = { cookie: `session=${session}; taal=nl`, accept: 'text/html', origin: server.url };
  const page = await (await fetch(`${server.url}/`, { headers })).text();
  const csrf = /name="_csrf" value="([^"]*)"/.exec(page.replaceAll('&#x3D;', '='))?.[1] ?? '';
  const body = new URLSearchParams({ _csrf: csrf, ...fields });
  return fetch(`${server.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
};

const END = 'Het einde van wat ik schreef.';
const tooLong = (most: number): string => `${'Regel.\n'.repeat(Math.ceil(most / 7))}${END}`;
const over = (most: number): number => tooLong(most).length - most;

describe('a text that is too long for its field', () => {
  it.each([
    ['/initiatieven/nieuw', 'what', 2000, { title: 'Meten in de kas', _action: 'later' }],
    ['/hulp', 'description', 2000, { organisation: 'Kas', contactName: 'A', email: 'a@b.example', kind: 'COMPANY' }],
  ] as const)('is told with how much is too much on %s, and comes back whole', async (path, field, most, others) => {
    const answer = await send(path, { ...others, [field]: tooLong(most) });
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain(`${over(most)} tekens te lang`);
    expect(page).toContain(END);
    for (const value of Object.values(others)) expect(page).toContain(value);
    expect(page).toContain(`action="${path}"`);
  });

  it('is no title of a proposal, and nothing of it is stored', async () => {
    const title = `${'Een lange titel '.repeat(30)}${END}`;
    const answer = await send(`/aanvragen/${draft}/onderdelen/idea`, { title });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(END);
    const stored = await noord.look.query<{ title: string }>('select title from proposal where id = $1', [draft]);
    expect(stored.rows[0]?.title).not.toContain('Een lange titel');
  });
});

describe('the pages', () => {
  it('cut nothing that somebody typed', () => {
    const folder = join(projectFolder(), 'apps', 'server', 'src', 'pages');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const cutting = files.filter((name) => {
      const code = readFileSync(join(folder, name), 'utf8');
      return /fields\[[^\]]+\][^;\n]*\.slice\(0,|text\('\w+'\)\.slice\(0,/.test(code);
    });
    expect(files.length).toBeGreaterThan(100);
    expect(cutting).toEqual([]);
  });
});
