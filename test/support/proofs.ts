import { randomUUID } from 'node:crypto';
import { AddAttachment } from '#lib/intake';
import { sha256 } from '#lib/kernel';
import { valueAt } from '#lib/regulation';
import type { TestRound } from './test-round.js';

interface Draft {
  readonly title: string;
  readonly content: Record<string, unknown>;
  readonly rulesHash: string;
}

const READ = `select p.title, p.content, c.rules_hash as "rulesHash" from proposal p join call c on c.id = p.call_id where p.id = $1`;

/** Sends a file for every question that a proof must answer and none does yet. No bytes lie in a store; the draft keeps its revision, as if it had been made so. */
export async function prove({ database, round, look, people }: TestRound, id: string, by: string): Promise<void> {
  const { rows } = await look.query<Draft & { revision: number }>(READ, [id]);
  const [draft] = rows;
  if (draft === undefined) return;
  const form = await round.frozen.form(draft.rulesHash);
  const asked = form
    .asked(draft.content)
    .filter(({ path, question }) => question.proves !== undefined && valueAt(draft.content, path) === undefined);
  const adding = new AddAttachment(database, round.frozen, { state: 'unscanned', ring: () => undefined });
  for (const { path } of asked) {
    const file = { path, name: 'bewijs.pdf', mediaType: 'application/pdf', bytes: 20, sha256: sha256(path) };
    const request = { actorId: by, region: people.region, receivedAt: await database.now() };
    await adding.execute(id, { id: randomUUID(), ...file }, request);
  }
  if (asked.length > 0) await look.query('update proposal set revision = 1 where id = $1', [id]);
}
