import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffRole, Viewer } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices } from '#lib/engine';
import type { Language } from '#lib/kernel';
import { PeopleOptions } from './people-options.js';
import { assertMayGrant, assertMayInvite } from './role-grants.js';
import { ROLE_LABELS } from './role-labels.js';
import { newSecret } from './secrets.js';

export interface InvitationRequest {
  readonly region: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  /** Empty for who only wants to submit. */
  readonly roles: readonly StaffRole[];
}

export interface Invited {
  readonly invitationId: string;
  readonly expiresAt: string;
}

/** Serialises invitations of one address into one region. */
const ONE_AT_A_TIME = `select pg_advisory_xact_lock(7120313, hashtext($1 || ' ' || lower($2)))`;

const REPLACE = `update invitation set withdrawn_at = app_now()
  where region = $1 and email = $2::citext and accepted_at is null and withdrawn_at is null`;

const INSERT = `insert into invitation (id, region, token_hash, email, name, language, roles, invited_by, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, app_now() + interval '14 days') returning expires_at`;

/** Invites somebody into a region by mail. A second invitation replaces the first; its link stops working. */
@Injectable()
export class InvitePerson {
  constructor(
    private readonly database: Database,
    private readonly options: PeopleOptions,
  ) {}

  /** The answer does not tell whether the address has an account. Throws MayNotInvite, MayNotGrantRole, SubjectNotFound. */
  async execute(viewer: Viewer, request: InvitationRequest): Promise<Invited> {
    const { region, roles } = request;
    assertMayInvite(viewer, region);
    for (const role of roles) assertMayGrant(viewer, { region, role, personId: null });
    return this.database.unit({ regions: [region], actor: viewer.id }, (tx) => this.invite(tx, viewer, request));
  }

  private async invite(tx: Transaction, viewer: Viewer, request: InvitationRequest): Promise<Invited> {
    const { region, email, name, language, roles } = request;
    const regionName = await nameOf(tx, region, language);
    const id = randomUUID();
    const token = newSecret();
    await tx.query(ONE_AT_A_TIME, [region, email]);
    await tx.query(REPLACE, [region, email]);
    const values = [id, region, token.hash, email, name, language, [...new Set(roles)], viewer.id];
    const [row] = await tx.query<{ expires_at: string }>(INSERT, values);
    const expiresAt = row?.expires_at ?? '';
    const audit = { act: 'person.invite', subjectKind: 'invitation', subjectId: id, data: { roles } };
    await writeAudit(tx, { region, actor: viewer.id, ...audit });
    const notice = {
      ...{ region, eventId: id, recipientKey: id, template: 'invitation', language },
      to: { address: email, name },
      view: { name, region: regionName, inviter: viewer.name, roles: labelsOf(roles, language), expiresAt },
      secret: { link: this.options.links.invitation(token.secret) },
    };
    await writeNotices(tx, [notice], this.options.messageIds);
    return { invitationId: id, expiresAt };
  }
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
