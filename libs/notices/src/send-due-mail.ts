import type { Statement } from '#lib/database';
import { failpoint } from '#lib/settings';
import { beginMail } from './compose-mail.js';
import { fateOf } from './fate.js';
import { MailRoom } from './mail-room.js';
import { inRegion, type Mail, type MailWork } from './mail-work.js';

const MARK: Statement = {
  name: 'mark-mail',
  text: `update outbox set status = $3, sent_at = case when $3 = 'sent' then app_now() end, last_error = $4, lease_until = null, leased_by = null,
      next_attempt_at = app_now() + make_interval(secs => $5), secret = case when $3 in ('new', 'uncertain') then secret end,
      attempts = attempts - case when $6 then 0 else 1 end, lost_leases = lost_leases + case when $7 then 1 else 0 end, begun = false
    where id = $1 and status = 'sending' and leased_by = $2 returning id`,
};
/** Somebody must look: the address is wrong, or the server refuses us. Not where the address was forgotten. */
const RAISE: Statement = {
  name: 'raise-mail-task',
  text: `insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select $1, 'mail-not-delivered', 'secretary', 'mail', id, jsonb_build_object('template', $3::text, 'status', $4::text)
      from outbox where id = $2 and not forgets on conflict do nothing`,
};

/** Sends what is due, several at once, each by itself: one bad recipient delays nobody. Returns how many it took on, when all have ended. */
export async function sendDueMail(work: MailWork, signal?: AbortSignal): Promise<number> {
  const room = new MailRoom(work, deliver);
  const taken = await room.run(signal);
  await room.settle();
  return taken;
}

interface MailChore {
  readonly name: string;
  run(signal: AbortSignal): Promise<number>;
  settle(): Promise<void>;
}

/** The same as a chore, which waits for no mail that is in flight until the process stops. */
export function mailChore(work: MailWork): MailChore {
  const room = new MailRoom(work, deliver);
  return { name: 'outbox', run: (signal) => room.run(signal), settle: () => room.settle() };
}

/** One attempt at one mail, and its mark. `stop` breaks the conversation off. */
async function deliver(work: MailWork, mail: Mail, stop: AbortSignal): Promise<void> {
  let failure: unknown;
  try {
    const message = await beginMail(work, mail);
    // Another worker has it: the lease ran out while this one waited.
    if (message === null) return;
    failpoint('mail.begun');
    await work.transport.sendMail(message, stop);
    failpoint('mail.sent');
  } catch (error) {
    failure = error;
  }
  const { status, error, retrySeconds, counts, isInDoubt = false } = fateOf(failure, mail);
  await inRegion(work, mail.region, async (tx) => {
    const values = [mail.id, work.worker, status, error, retrySeconds, counts, isInDoubt];
    const marked = await tx.query(MARK, values);
    const isLost = status === 'bounced' || status === 'failed';
    if (marked.length === 1 && isLost) await tx.query(RAISE, [mail.region, mail.id, mail.template, status]);
  });
}
