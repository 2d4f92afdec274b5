import type pg from 'pg';

/** A mail that will not be tried again by itself. */
interface LostMail {
  readonly id: string;
  readonly region: string;
  readonly template: string;
  readonly to: string;
  readonly status: 'bounced' | 'failed';
  /** What the relay said, without addresses. */
  readonly said: string | null;
  readonly createdAt: string;
  /** False where its link was wiped, or its address forgotten. */
  readonly canBeResent: boolean;
}

type Resent = 'resent' | 'unknown' | 'not-lost' | 'held-a-link' | 'address-forgotten' | 'resent-before';

const LOST = `select id, region, template, to_address as to, status, last_error as said, app.iso(created_at) as "createdAt",
    not held_link and not forgets as "canBeResent"
  from outbox o where status in ('bounced', 'failed') and not exists (select from outbox n where n.resent_from = o.id) order by created_at limit 1000`;

/** As the owner: it sees every region. Those that were sent again are left out. */
export async function lostMails(owner: pg.ClientBase): Promise<readonly LostMail[]> {
  return (await owner.query<LostMail>(LOST)).rows;
}

/** As the owner: sends each again, or says why not; the reason stands in the audit trail. */
export async function resendMails(
  owner: pg.ClientBase,
  ids: readonly string[],
  reason: string,
): Promise<Readonly<Record<string, Resent>>> {
  const outcome: Record<string, Resent> = {};
  for (const id of ids) {
    const { rows } = await owner.query<{ said: Resent }>('select app.resend_mail($1, null, $2) as said', [id, reason]);
    outcome[id] = rows[0]?.said ?? 'unknown';
  }
  return outcome;
}
