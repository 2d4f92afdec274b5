import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { checkInvariants, ENGINE_INVARIANTS } from '#lib/engine';
import { outboxLostCommand, outboxResendCommand } from '../../apps/cli/src/commands/outbox.js';
import { openMailWorld, type MailWorld } from '../support/mail-world.js';

let world: MailWorld;
const environment = { ...process.env };
beforeAll(async () => {
  world = await openMailWorld();
  process.env['DATABASE_OWNER_URL'] = world.ownerUrl;
});
afterAll(async () => {
  process.env = environment;
  await world.close();
});
beforeEach(() => world.look.query('delete from outbox; delete from task'));

/** Runs a command; its exit code and what it said. */
const run = async (command: typeof outboxResendCommand, ...args: string[]): Promise<{ code: number; out: string }> => {
  let out = '';
  const say = (text: string): void => void (out += text);
  const code = await command.run(args, { out: say, err: say } as never);
  return { code, out };
};
const lose = async (address: string, more: Parameters<MailWorld['write']>[1] = {}): Promise<string> => {
  const id = await world.write(address, more);
  await world.look.query(
    `update outbox set status = 'bounced', secret = null, last_error = 'envelope RCPT TO: 550 5.1.1' where id = $1`,
    [id],
  );
  await world.look.query(
    `insert into task (region, kind, for_role, subject_kind, subject_id) values ('noord', 'mail-not-delivered', 'secretary', 'mail', $1)`,
    [id],
  );
  return id;
};

describe('a lost mail', () => {
  it('is sent again by hand as a new mail that names it, with the reason in the audit trail, and its task ends', async () => {
    const id = await lose('old@school.example');
    expect((await run(outboxLostCommand)).out).toContain(`"id": "${id}"`);
    expect(await run(outboxResendCommand, id, '--reason', 'The mailbox works again')).toMatchObject({ code: 0 });
    const { rows } = await world.look.query(`select * from outbox where resent_from = $1`, [id]);
    const old = await world.row(id);
    expect(rows).toMatchObject([
      { status: 'new', to_address: 'old@school.example', template: 'withdrawn', view: old['view'] },
    ]);
    expect(rows[0]).not.toMatchObject({ message_id: old['message_id'] });
    expect((await world.look.query('select 1 from task where done_at is null')).rowCount).toBe(0);
    const audit = await world.look.query(
      `select data ->> 'reason' as reason from audit_entry where act = 'mail.resend'`,
    );
    expect(audit.rows).toEqual([{ reason: 'The mailbox works again' }]);
    expect(await checkInvariants(world.look, ENGINE_INVARIANTS)).toEqual([]);
    expect((await run(outboxLostCommand)).out).toBe('[]');
    expect(await run(outboxResendCommand, id, '--reason', 'Again')).toEqual({
      code: 1,
      out: expect.stringContaining('resent-before'),
    });
  });

  it('goes to the address that the person has now', async () => {
    const { rows } = await world.look.query<{ id: string }>(
      `insert into person (email, name) values ('new@school.example', 'A') returning id`,
    );
    const id = await lose('old@school.example', { recipientKey: rows[0]?.id ?? '' });
    await run(outboxResendCommand, id, '--reason', 'The address was mended');
    const { rows: made } = await world.look.query('select to_address from outbox where resent_from = $1', [id]);
    expect(made).toEqual([{ to_address: 'new@school.example' }]);
  });

  it('is not sent again when its link was wiped, when it is not lost, or when nobody knows it', async () => {
    const view = { name: 'A', region: 'N', inviter: 'B', roles: [], expiresAt: '2026-12-31T12:00:00Z' };
    const held = await lose('a@school.example', { template: 'invitation', view, secret: { link: 'x' } });
    const waiting = await world.write('b@school.example');
    const nobody = randomUUID();
    const { code, out } = await run(outboxResendCommand, held, waiting, nobody, '--reason', 'R');
    expect([code, JSON.parse(out)]).toEqual([1, { [held]: 'held-a-link', [waiting]: 'not-lost', [nobody]: 'unknown' }]);
    expect((await world.look.query('select 1 from outbox where resent_from is not null')).rowCount).toBe(0);
  });

  it('is not sent again without a reason', async () => {
    const id = await lose('a@school.example');
    expect(await run(outboxResendCommand, id)).toEqual({ code: 2, out: expect.stringContaining('--reason') });
  });

  it('is sent again by the operator alone: servers and workers cannot', async () => {
    for (const connectionString of [world.appUrl, world.workerUrl]) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      await expect(client.query(`select app.resend_mail(gen_random_uuid(), null, 'x')`)).rejects.toThrow(
        /permission denied/,
      );
      await client.end();
    }
  });
});
