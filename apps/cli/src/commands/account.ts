import { STAFF_ROLES, type StaffRole } from '#lib/access';
import { isMailbox, InvitePerson, PersonIsDisabled } from '#lib/people';
import type { Command } from '../command.js';
import { atPeople } from '../installation/people-place.js';
import { readArguments, type Arguments } from '../pure/arguments.js';
import { unusable, type InputFault } from '../unusable-input.js';

const NATIONAL = 'landelijk';
/** Roles that are held for the whole country; all others in the region that is named. */
const NATIONAL_ROLES: readonly StaffRole[] = ['national-office', 'auditor', 'platform-admin'];
const OPTIONS = {
  ...({ role: STAFF_ROLES, email: 'text', region: 'text', name: 'text', language: ['nl', 'en'] } as const),
};

export const accountOpenCommand: Command = {
  words: ['account', 'open'],
  summary: 'invites somebody with a role, also the first of all',
  help: `regioloket account open --role ROLE --email ADDRESS [--region CODE] [--name NAME] [--language nl|en]
  Mails an invitation and prints its link once, so that it works without a relay too; it holds fourteen days and works once. A second invitation
  of an address into a region replaces the first. --role: ${STAFF_ROLES.join(', ')}. --region: needed unless
  the role is national. The audit trail says that the operator did it. Out: {email, role, region, expiresAt, link}
  Example: regioloket account open --role platform-admin --email a.beheerder@netwerk.example`,
  async run(args, terminal) {
    const given = readArguments(args, OPTIONS);
    if ('faults' in given) return unusable(terminal, given.faults);
    const faults = faultsIn(given);
    if (faults.length > 0) return unusable(terminal, faults);
    return atPeople(async ({ database, people, regions }) => {
      const { email, role, region, name, language } = wantedIn(given);
      if (!regions.includes(region))
        return unusable(terminal, [{ pointer: '/region', message: `--region is one of ${regions.join(', ')}.` }]);
      try {
        const inviting = new InvitePerson(database, people);
        const { expiresAt, link } = await inviting.byOperator({ region, email, name, language, roles: [role] });
        terminal.out(JSON.stringify({ email, role, region, expiresAt, link }, null, 2));
        return 0;
      } catch (error) {
        if (!(error instanceof PersonIsDisabled)) throw error;
        terminal.out(JSON.stringify({ refused: error.code, message: error.message }, null, 2));
        return 1;
      }
    });
  },
};

function roleIn(given: Arguments): StaffRole | undefined {
  return STAFF_ROLES.find((role) => role === given.text('role'));
}

function faultsIn(given: Arguments): readonly InputFault[] {
  const role = roleIn(given);
  const fault = (isWrong: boolean, pointer: string, message: string): readonly InputFault[] =>
    isWrong ? [{ pointer, message }] : [];
  return [
    ...fault(given.files.length > 0, '', `Unknown here: ${given.files.join(' ')}.`),
    ...fault(role === undefined, '/role', `Name the role: --role ${STAFF_ROLES.join(', ')}.`),
    ...fault(!isMailbox(given.text('email') ?? ''), '/email', 'Give the e-mail address: --email name@host.'),
    ...fault((given.text('name') ?? '').length > 200, '/name', 'Give a name of at most 200 characters.'),
    ...fault(
      role !== undefined && !NATIONAL_ROLES.includes(role) && given.text('region') === undefined,
      '/region',
      'This role is held in a region: name it with --region.',
    ),
  ];
}

interface Wanted {
  readonly email: string;
  readonly role: StaffRole;
  readonly region: string;
  readonly name: string;
  readonly language: 'nl' | 'en';
}

function wantedIn(given: Arguments): Wanted {
  const email = given.text('email') ?? '';
  return {
    email,
    role: roleIn(given) ?? 'member',
    region: given.text('region') ?? NATIONAL,
    // Whoever accepts chooses the name; until then the mail greets by what stands before the @.
    name: given.text('name') ?? email.split('@')[0] ?? '',
    language: given.text('language') === 'en' ? 'en' : 'nl',
  };
}
