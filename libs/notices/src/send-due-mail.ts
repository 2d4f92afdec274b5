import type { Statement } from '#lib/database';
import { failpoint } from '#lib/settings';
import { beginMail } from './compose-mail.js';
import { fateOf } from './fate.js';
import { MailRoom, type Attempt } from './mail-room.js';
import { inRegion, type Mail, type MailWork } from './mail-work.js';
import { verdictOn, type Blame, type Verdict } from './verdict.js';

const MARK: Statement = {
  name: 'mark-mail',
  text: `update outbox set status = $3, sent_at = case when $3 = 'sent' then app_now() end, last_error = $4, lease_until = null, leased_by = null,
      next_attempt_at = app_now() + make_interval(secs => $5), secret = case when $3 in ('new', 'uncertain') then secret end,
      attempts = attempts - case when $6 then 0 else 1 end, lost_leases = lost_leases + case when $7 then 1 else 0 end, begun = false,
      refused_at = case when $8 then app_now() else refused_at end
    where id = $1 and status = 'sending' and leased_by = $2 returning id`,
};
/** Somebody must look: the mail is lost. Not where the address was forgotten. */
const RAISE: Statement = {
  name: 'raise-mail-task',
  text: `insert into task (region, kind, for_role, subject_kind, subject_id, data)
    select $1, 'mail-not-delivered', 'secretary', 'mail', id, jsonb_build_object('template', $3::text, 'status', $4::text, 'reason', $5::text)
      from outbox where id = $2 and not forgets on conflict do nothing`,
};

const REFUSED: Statement = { name: 'relay-refused', text: 'select app.relay_refused($1, $2, $3) as pause' };
const TOOK: Statement = { name: 'relay-took', text: 'select app.relay_took() as again' };
/** These say nothing of whether the relay takes our mail. */
const UNTOLD: ReadonlySet<Blame | undefined> = new Set<Blame>(['stopped', 'doubt-stopped', 'busy', 'later', 'doubt']);

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

/** One attempt at one mail, and its mark. */
async function deliver(work: MailWork, mail: Mail, { stop, isAlone }: Attempt): Promise<Blame | 'none'> {
  let verdict: Verdict | null = null;
  try {
    const message = await beginMail(work, mail);
    // Another worker has it: the lease ran out while this one waited.
    if (message === null) return 'none';
    failpoint('mail.begun');
    await work.transport.sendMail(message, stop);
    failpoint('mail.sent');
  } catch (error) {
    verdict = inThisCase(verdictOn(error), mail, isAlone);
  }
  await mark(work, mail, verdict);
  await tellRelay(work, mail, verdict);
  return verdict?.blame ?? 'none';
}

/** What the mail's own history and the other connections say of a failure. */
function inThisCase(verdict: Verdict, mail: Mail, isAlone: boolean): Verdict {
  const isAboutRelay = verdict.blame === 'relay' && !verdict.said.startsWith('setup');
  if (isAboutRelay && mail.isRefusedAlone) return { ...verdict, blame: 'later' };
  // Fewer than one connection there are not: the relay is away.
  return verdict.blame === 'busy' && isAlone ? { ...verdict, blame: 'relay' } : verdict;
}

async function mark(work: MailWork, mail: Mail, verdict: Verdict | null): Promise<void> {
  const { status, retrySeconds, counts, isInDoubt } = fateOf(verdict, mail);
  const { blame, said = null, reason = null } = verdict ?? {};
  const isLost = status === 'bounced' || status === 'failed';
  await inRegion(work, mail.region, async (tx) => {
    const values = [...[mail.id, work.worker, status, said, retrySeconds], counts, isInDoubt, blame === 'relay'];
    const marked = await tx.query(MARK, values);
    if (marked.length === 1 && isLost) await tx.query(RAISE, [mail.region, mail.id, mail.template, status, reason]);
  });
  if (blame !== undefined && blame !== 'relay') work.say?.(`mail ${mail.id} is ${status} (${reason}): ${said}`);
}

/** All mails wait for a relay that refuses us; any other answer than that lets them go on. */
async function tellRelay(work: MailWork, { id, isProbe }: Mail, verdict: Verdict | null): Promise<void> {
  if (verdict?.blame === 'relay') {
    const values = [id, verdict.reason, verdict.said];
    const [row] = await work.database.ask<{ pause: number | null }>(REFUSED, values);
    if (row?.pause != null)
      work.say?.(`no mail leaves (${verdict.reason}): ${verdict.said}; the next try is in ${row.pause} s`);
  } else if (isProbe && !UNTOLD.has(verdict?.blame)) {
    const [row] = await work.database.ask<{ again: boolean }>(TOOK);
    if (row?.again === true) work.say?.('mail leaves again');
  }
}
