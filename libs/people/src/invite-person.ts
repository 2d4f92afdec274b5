import { Injectable } from '@nestjs/common';
import type { StaffRole, Viewer } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import type { Language, Text } from '#lib/kernel';
import { PeopleOptions } from './people-options.js';
import { MayNotGrantRole, PersonIsDisabled } from './people-errors.js';
import { assertMayGrant, assertMayInvite, SYSTEM } from './role-grants.js';
import { NATIONAL } from './sessions.js';
import { tidyMailbox } from './mailbox.js';
import { writeInvitation, type Invited, type InvitedByOperator } from './write-invitation.js';

export interface InvitationRequest {
  readonly region: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  /** Empty for who only wants to submit. */
  readonly roles: readonly StaffRole[];
}

/** What somebody without an account says to get one, and where the link in the mail leads. */
interface AccountAsked extends Pick<InvitationRequest, 'email' | 'name' | 'language'> {
  readonly then: string;
  readonly isText: boolean;
}

/** Who invites from the command line of the installation, as the mail says it. */
const OPERATOR: Text = { nl: 'De beheerder van deze installatie', en: 'The operator of this installation' };

/** Serialises invitations of one address into one region. */
const ONE_AT_A_TIME = `select pg_advisory_xact_lock(7120313, hashtext($1 || ' ' || lower($2)))`;

/** What the invitation that is replaced still promises; nothing when it has run out. */
const REPLACE = `update invitation set withdrawn_at = app_now()
  where region = $1 and email = $2::citext and accepted_at is null and withdrawn_at is null and proposal_id is null
  returning name, language, roles, invited_by as "invitedBy", expires_at as "expiresAt", expires_at > app_now() as holds,
    (select p.name from person p where p.id = invited_by) as "inviterName"`;

const DISABLED = {
  name: 'is-disabled-address',
  text: 'select 1 from person where email = $1 and disabled_at is not null',
};
const SELF = { name: 'is-own-address', text: 'select 1 from person where id = $1 and email = $2' };

interface Replaced {
  readonly name: string;
  readonly language: Language;
  readonly roles: readonly StaffRole[];
  readonly invitedBy: string | null;
  readonly expiresAt: string;
  readonly holds: boolean;
  readonly inviterName: string | null;
}

/** Invites somebody into a region by mail. A second invitation replaces the first; its link stops working. */
@Injectable()
export class InvitePerson {
  constructor(
    private readonly database: Database,
    private readonly options: PeopleOptions,
  ) {}

  /** The answer does not tell whether another's address has an account. Throws MayNotInvite, MayNotGrantRole, SubjectNotFound. */
  async execute(viewer: Viewer, asked: InvitationRequest): Promise<Invited> {
    const request = { ...asked, email: tidyMailbox(asked.email) };
    const { region, roles } = request;
    assertMayInvite(viewer, region);
    for (const role of roles) assertMayGrant(viewer, { region, role, personId: null });
    return this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      // What nobody may give to the own account, nobody gives to it by a mail.
      const [role] = roles;
      if (role !== undefined && (await tx.query(SELF, [viewer.id, request.email])).length > 0)
        throw new MayNotGrantRole(role, region);
      await this.replace(tx, request);
      const written = { ...request, inviter: viewer, actor: viewer.id, expiresAt: null };
      const { link: _, ...invited } = await writeInvitation(tx, this.options, {
        ...{ ...written, template: 'invitation', then: '/', isText: false },
      });
      return invited;
    });
  }

  /** The operator opens the way in for somebody, with any role; also for the first of all. Throws PersonIsDisabled, SubjectNotFound. */
  async byOperator(asked: InvitationRequest): Promise<InvitedByOperator> {
    const request = { ...asked, email: tidyMailbox(asked.email) };
    const { region, email, language } = request;
    return this.database.unit({ regions: [region], actor: null }, async (tx) => {
      if ((await tx.query(DISABLED, [email])).length > 0) throw new PersonIsDisabled(email);
      await this.replace(tx, request);
      const written = { ...request, inviter: { id: null, name: OPERATOR[language] }, actor: null, expiresAt: null };
      return writeInvitation(tx, this.options, {
        ...written,
        template: 'invitation',
        then: '/',
        isText: false,
        by: 'operator',
      });
    });
  }

  /** Somebody without an account asks for one. What a colleague promised to the address stays as it was promised; only its link is new. */
  async self(asked: AccountAsked): Promise<void> {
    const request = { ...asked, region: NATIONAL, roles: [] };
    await this.database.unit({ regions: [NATIONAL], actor: null }, async (tx) => {
      const promised = await this.replace(tx, request);
      const isKept = promised?.holds === true && promised.roles.length > 0;
      if (isKept) {
        const inviter = { id: promised.invitedBy, name: promised.inviterName ?? SYSTEM.name };
        await writeInvitation(tx, this.options, {
          ...request,
          ...promised,
          actor: null,
          inviter,
          template: 'invitation',
        });
        return;
      }
      const inviter = { id: null, name: SYSTEM.name };
      await writeInvitation(tx, this.options, {
        ...request,
        expiresAt: null,
        actor: null,
        inviter,
        template: 'account-asked',
      });
    });
  }

  private async replace(tx: Transaction, { region, email }: InvitationRequest): Promise<Replaced | undefined> {
    await tx.query(ONE_AT_A_TIME, [region, email]);
    return (await tx.query<Replaced>(REPLACE, [region, email]))[0];
  }
}
