import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startEmbedded, type EmbeddedDatabase } from '#lib/database';
import { migrateQueue } from '#lib/queue';
import { REASONS, TestRound } from '../support/test-round.js';

/** A PostgreSQL of the bench's own with its usual durability, and a round in it. */
export interface BenchWorld {
  readonly cluster: EmbeddedDatabase;
  readonly noord: TestRound;
  /** API token of the secretary. */
  readonly token: string;
  /** Proposals with the ids 1, 2, 3 … as uuids; all in the state Advised. */
  readonly proposals: number;
  close(): Promise<void>;
}

/** The n-th proposal's id. */
export function idOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The same in SQL, of an integer expression. */
export function idSql(n: string): string {
  return `('00000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
}

export async function openWorld(proposals: number): Promise<BenchWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'regioloket-bench-'));
  chmodSync(folder, 0o755);
  const cluster = await startEmbedded({ dataFolder: folder });
  await migrate(cluster.ownerUrl);
  await migrateQueue(cluster.ownerUrl);
  const superUrl = cluster.superUrl.replace(/\/postgres$/, '/regioloket');
  const noord = await TestRound.on(superUrl, cluster.appUrl, 16);
  await manyAdvised(noord, proposals);
  const token = await tokenOf(noord);
  const close = async (): Promise<void> => {
    await noord.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { cluster, noord, token, proposals, close };
}

async function manyAdvised(noord: TestRound, count: number): Promise<void> {
  const call = await noord.openCall();
  await noord.seatAll(call);
  const id = await noord.scored(call, noord.people.applicants[0] ?? '');
  await noord.act('proposal', id, 'advise', noord.people.members[0] ?? '', {
    outcome: 'grant',
    reasonsPerCriterion: REASONS,
  });
  await noord.look.query(
    `insert into proposal (id, region, call_id, number, title, lead_applicant, content, content_hash, state, phase, complete, eligible,
       submitted_by, submitted_at, received_at, advised_by, advised_at, reviews_counted, total_exact, total)
     select ${idSql('n')}, region, call_id, number || '-' || n, title, lead_applicant, content, content_hash, state, phase, complete,
       eligible, submitted_by, submitted_at, received_at, advised_by, advised_at, reviews_counted, total_exact, total
     from proposal, generate_series(1, $2) n where id = $1`,
    [id, count],
  );
  await noord.look.query('vacuum analyze');
}

async function tokenOf(noord: TestRound): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  await noord.look.query(
    `insert into api_token (token_hash, person_id, name, expires_at) values ($1, $2, 'bench', app_now() + interval '1 day')`,
    [...[hash, noord.people.secretary]],
  );
  return token;
}
