import { randomUUID } from 'node:crypto';
import type { StaffRole, Viewer } from '#lib/access';
import type { Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices } from '#lib/engine';
import type { Language } from '#lib/kernel';
import type { PeopleOptions } from './people-options.js';
import { ROLE_LABELS } from './role-labels.js';
import { newSecret } from './secrets.js';
import { leadingTo } from './sign-in-by-link.js';

export interface Invited {
  readonly invitationId: string;
  readonly expiresAt: string;
}

/** What the operator reads once: the link works also where no mail arrives yet. */
export interface InvitedByOperator extends Invited {
  readonly link: string;
}

/** An invitation to write: by whom, to what, and until when if that is no new term. */
export interface WrittenInvitation {
  /** A new one when absent. */
  readonly id?: string;
  readonly region: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly roles: readonly StaffRole[];
  readonly inviter: Pick<Viewer, 'id' | 'name'>;
  /** Who does it now. */
  readonly actor: string | null;
  readonly expiresAt: string | null;
  readonly template: 'invitation' | 'account-asked' | 'co-writer-asked';
  /** Where the link leads once it was used. */
  readonly then: string;
  /** Whether that is a text which waits there. */
  readonly isText: boolean;
  /** Says in the audit trail who it was when it was nobody with an account. */
  readonly by?: 'operator';
  /** The one proposal to write along on, with what the mail says of it. */
  readonly proposal?: { readonly id: string; readonly view: Readonly<Record<string, unknown>> };
}

const INSERT = `insert into invitation (id, region, token_hash, email, name, language, roles, invited_by, expires_at, proposal_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, app_now() + interval '14 days'), $10) returning expires_at`;

/** Writes an invitation and the mail with its secret link: the one way in which anybody is invited. */
export async function writeInvitation(
  tx: Transaction,
  options: PeopleOptions,
  request: WrittenInvitation,
): Promise<InvitedByOperator> {
  const { region, email, name, language, roles, inviter, proposal, by } = request;
  const regionName = await nameOf(tx, region, language);
  const id = request.id ?? randomUUID();
  const token = newSecret();
  const values = [id, region, token.hash, email, name, language, [...new Set(roles)], inviter.id, request.expiresAt];
  const [row] = await tx.query<{ expires_at: string }>(INSERT, [...values, proposal?.id ?? null]);
  const expiresAt = row?.expires_at ?? '';
  const promised = proposal === undefined ? { roles, ...(by && { by }) } : { proposal: proposal.id };
  const audit = { act: 'person.invite', subjectKind: 'invitation', subjectId: id, data: promised };
  await writeAudit(tx, { region, actor: request.actor, ...audit });
  const link = leadingTo(options.links.invitation(token.secret), request.then);
  const notice = {
    ...{ region, eventId: id, recipientKey: id, template: request.template, language },
    to: { address: email, name },
    view: {
      ...{ name, region: regionName, inviter: inviter.name, roles: labelsOf(roles, language) },
      ...{ expiresAt, isText: request.isText, ...proposal?.view },
    },
    secret: { link },
  };
  await writeNotices(tx, [notice], options.messageIds);
  return { invitationId: id, expiresAt, link };
}

async function nameOf(tx: Transaction, region: string, language: Language): Promise<string> {
  const select = 'select name_nl as nl, name_en as en from region where code = $1';
  const [name] = await tx.query<Record<Language, string>>(select, [region]);
  if (name === undefined) throw new SubjectNotFound('region', region);
  return name[language];
}

function labelsOf(roles: readonly StaffRole[], language: Language): string[] {
  return roles.map((role) => ROLE_LABELS[role][language]);
}
