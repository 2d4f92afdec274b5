import { DomainError } from '#lib/kernel';

/** Unknown address, wrong password, disabled account: one answer, so that nobody learns who has an account. */
export class SignInFailed extends DomainError {
  readonly code = 'sign-in-failed';
  constructor() {
    super('The e-mail address and the password do not belong together.');
  }
}

/** Too many attempts for this account or from this network. Says the same of an account that does not exist. */
export class TooManyAttempts extends DomainError {
  readonly code = 'too-many-attempts';
  constructor(readonly minutes: number) {
    super('Too many attempts; wait, or ask for a link by mail.', { minutes });
  }
}

/** The link was used, is older than a quarter of an hour, or never existed. */
export class SignInLinkNotValid extends DomainError {
  readonly code = 'sign-in-link-not-valid';
  constructor() {
    super('This link does not hold any more. Ask for a new one.');
  }
}

/** The invitation was accepted, withdrawn, replaced, has run out, or never existed. */
export class InvitationNotValid extends DomainError {
  readonly code = 'invitation-not-valid';
  constructor() {
    super('This invitation does not hold any more. Ask for a new one.');
  }
}

export type PasswordFault = 'too-short' | 'too-long' | 'too-common';

/** The new password is too short, too long, or one of the first that an attacker tries. */
export class PasswordNotAcceptable extends DomainError {
  readonly code: `password-${PasswordFault}`;
  constructor(fault: PasswordFault, facts: Readonly<Record<string, number>>) {
    super('This password cannot be used.', facts);
    this.code = `password-${fault}`;
  }
}

/** The current password is wrong; or none was given and the sign-in by mail link is too long ago to do without. */
export class CurrentPasswordWrong extends DomainError {
  readonly code = 'current-password-wrong';
  constructor() {
    super('The current password is wrong.');
  }
}

/** Whoever gives a role must hold one that may give it, in that region, and never gives one to themselves. */
export class MayNotGrantRole extends DomainError {
  readonly code = 'may-not-grant-role';
  constructor(role: string, region: string) {
    super('You may not give this role in this region.', { role, region });
  }
}

/** Only staff of a region, or of the national desk, invite people into it. */
export class MayNotInvite extends DomainError {
  readonly code = 'may-not-invite';
  constructor(region: string) {
    super('You may not invite people into this region.', { region });
  }
}

/** The person holds this role in this region already, in part of that time. */
export class RoleHeldAlready extends DomainError {
  readonly code = 'role-held-already';
  constructor(role: string, region: string) {
    super('This person holds this role already.', { role, region });
  }
}

/** A role must end after it starts. */
export class RoleEndsBeforeItStarts extends DomainError {
  readonly code = 'role-ends-before-it-starts';
  constructor(from: string, until: string) {
    super('The last day of a role comes after its first.', { from, until });
  }
}

export class AccountExists extends DomainError {
  readonly code = 'account-exists';
  constructor() {
    super('This e-mail address has an account already.');
  }
}

/** Nobody comes in by an invitation who was shut out; enable the account first. */
export class PersonIsDisabled extends DomainError {
  readonly code = 'person-is-disabled';
  constructor(email: string) {
    super(`The account of ${email} is disabled: regioloket account enable lets it in again.`, { email });
  }
}

/** Somebody must be able to let others in: name another administrator first. */
export class LastAdministrator extends DomainError {
  readonly code = 'last-administrator';
  constructor() {
    super('This is the last administrator who can sign in. Name another one first.');
  }
}

/** Whoever shuts others out never does it to themselves by mistake. */
export class MayNotDisableYourself extends DomainError {
  readonly code = 'may-not-disable-yourself';
  constructor() {
    super('You cannot disable your own account.');
  }
}
