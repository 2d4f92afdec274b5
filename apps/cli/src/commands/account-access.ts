import { PageRequest } from '#lib/access';
import { DisablePerson, EnablePerson, FindPeople, LastAdministrator, SYSTEM, type PersonRow } from '#lib/people';
import type { Command, ExitCode, Terminal } from '../command.js';
import { atPeople, type PeoplePlace } from '../installation/people-place.js';
import { readArguments } from '../pure/arguments.js';
import { unusable } from '../unusable-input.js';

const MOST = 200;

export const accountListCommand: Command = {
  words: ['account', 'list'],
  summary: 'people with an account, their roles, and who is disabled',
  help: `regioloket account list [WORD…] [--after CURSOR]
  People whose name or address has every word, by name, ${MOST} at a time. Out: {items: [{id, name, email, disabledAt, roles}], next}
  Example: regioloket account list netwerk.example`,
  async run(args, terminal) {
    const given = readArguments(args, { after: 'text' });
    if ('faults' in given) return unusable(terminal, given.faults);
    const page = PageRequest.from(given.text('after'), MOST);
    return atPeople<ExitCode>(async ({ database }) => {
      terminal.out(JSON.stringify(await new FindPeople(database).search(SYSTEM, given.files.join(' '), page), null, 2));
      return 0;
    });
  },
};

export const accountDisableCommand = accessCommand('disable', 'shuts somebody out at once');
export const accountEnableCommand = accessCommand('enable', 'lets somebody in again');

function accessCommand(verb: 'disable' | 'enable', summary: string): Command {
  const what =
    verb === 'disable'
      ? 'Ends sessions, tokens, links and invitations; what was written stays. Not the last administrator (exit 1).'
      : 'By a new sign-in; what ended stays ended.';
  return {
    words: ['account', verb],
    summary,
    help: `regioloket account ${verb} --email ADDRESS --reason TEXT
  ${what} Twice is once. The audit trail says that the operator did it, and why. Out: {id, email, disabledAt}
  Example: regioloket account ${verb} --email a.voorbeeld@school.example --reason 'Account is overgenomen.'`,
    async run(args, terminal) {
      const given = readArguments(args, { email: 'text', reason: 'text' });
      if ('faults' in given) return unusable(terminal, given.faults);
      const [email = '', reason = ''] = [given.text('email'), given.text('reason')];
      if (email === '' || reason === '' || reason.length > 1_000)
        return unusable(terminal, [{ pointer: '', message: 'Give --email ADDRESS and --reason TEXT (1000 at most).' }]);
      return atPeople((place) => change(terminal, place, { verb, email, reason }));
    },
  };
}

interface Change {
  readonly verb: 'disable' | 'enable';
  readonly email: string;
  readonly reason: string;
}

async function change(terminal: Terminal, { database }: PeoplePlace, asked: Change): Promise<ExitCode> {
  const finding = new FindPeople(database);
  const person = await byAddress(finding, asked.email);
  if (person === undefined)
    return unusable(terminal, [{ pointer: '/email', message: `Nobody has an account with ${asked.email}.` }]);
  const act = asked.verb === 'disable' ? new DisablePerson(database) : new EnablePerson(database);
  try {
    await act.execute(SYSTEM, person.id, asked.reason);
  } catch (error) {
    if (!(error instanceof LastAdministrator)) throw error;
    terminal.out(JSON.stringify({ refused: error.code, message: error.message }, null, 2));
    return 1;
  }
  const { id, email, disabledAt } = await finding.read(SYSTEM, person.id);
  terminal.out(JSON.stringify({ id, email, disabledAt }, null, 2));
  return 0;
}

async function byAddress(finding: FindPeople, email: string): Promise<PersonRow | undefined> {
  const { items } = await finding.search(SYSTEM, email, PageRequest.from(undefined, MOST));
  return items.find((person) => person.email === email.toLowerCase());
}
