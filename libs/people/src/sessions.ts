import type { Transaction } from '#lib/database';
import { writeAudit } from '#lib/engine';
import { hashOfSecret, newSecret } from './secrets.js';

/** Acts that belong to no region are done and audited at the national desk. */
export const NATIONAL = 'landelijk';

export interface SignedIn {
  readonly personId: string;
  /** The value of the session cookie; only its hash is stored. */
  readonly sessionId: string;
  /** What the tokens of the session's forms are made of. */
  readonly csrfSecret: string;
}

interface NewSession {
  readonly personId: string;
  /** The password hash that was compared, or null after a mail link. */
  readonly verifiedHash: string | null;
  /** The session of the request, which ends: an id from before a sign-in is never kept. */
  readonly currentSession: string | null;
}

/** Opens a session under a fresh id. Null when the person was disabled, or the password changed, since it was verified. */
export async function openSession(tx: Transaction, session: NewSession): Promise<SignedIn | null> {
  const { personId, verifiedHash, currentSession } = session;
  const id = newSecret();
  const csrfSecret = newSecret().secret;
  const old = currentSession === null ? null : hashOfSecret(currentSession);
  const rows = await tx.query<{ started: boolean }>('select app.start_session($1, $2, $3, $4, $5) as started', [
    ...[personId, verifiedHash, id.hash],
    ...[csrfSecret, old],
  ]);
  if (rows[0]?.started !== true) return null;
  const by = verifiedHash === null ? 'link' : 'password';
  await auditPerson(tx, { act: 'person.sign-in', actor: personId, personId, data: { by } });
  return { personId, sessionId: id.secret, csrfSecret };
}

interface PersonAct {
  readonly act: string;
  readonly actor: string | null;
  readonly personId: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The audit entry of an act on an account. */
export async function auditPerson(tx: Transaction, { act, actor, personId, data }: PersonAct): Promise<void> {
  const subject = { subjectKind: 'person', subjectId: personId };
  await writeAudit(tx, { region: NATIONAL, actor, act, ...subject, ...(data === undefined ? {} : { data }) });
}
