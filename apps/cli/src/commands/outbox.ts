import { lostMails, resendMails, resumeWork, waitingWork } from '#lib/engine';
import type { Command } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';
import { readArguments } from '../pure/arguments.js';
import { unusable } from '../unusable-input.js';

export const outboxStatusCommand: Command = {
  words: ['outbox', 'status'],
  summary: 'whether mail, terms and commands stand still, and what waits',
  help: `regioloket outbox status
  A restored copy stands still until it is resumed; mail waits while the relay refuses it, and goes on by itself.
  Out: {paused: {since, because} | null, relay: {since, reason, said} | null, mails, termsDue, remindersDue, commandsDue}
  Example: regioloket outbox status`,
  async run(_args, terminal) {
    terminal.out(JSON.stringify(await withOwner(waitingWork), null, 2));
    return 0;
  },
};

export const outboxResumeCommand: Command = {
  words: ['outbox', 'resume'],
  summary: 'lets mail, terms and commands of a restored copy go on',
  help: `regioloket outbox resume [--cancel-mail]
  Sends what waits and lets terms act that came due meanwhile; look at outbox status first. --cancel-mail: mails that wait are dropped, because
  the original sent them already. Letters that wait for an announcement stay. Out: {resumed}; exit 1 when nothing stood still.
  Example: regioloket outbox resume`,
  async run(args, terminal) {
    const unknown = args.filter((word) => word !== '--cancel-mail');
    if (unknown.length > 0)
      return unusable(terminal, [{ pointer: '', message: `Unknown here: ${unknown.join(' ')}.` }]);
    const resumed = await withOwner((owner) => resumeWork(owner, { cancelMail: args.includes('--cancel-mail') }));
    terminal.out(JSON.stringify({ resumed }));
    return resumed ? 0 : 1;
  },
};

export const outboxLostCommand: Command = {
  words: ['outbox', 'lost'],
  summary: 'the mails that will not be tried again by themselves',
  help: `regioloket outbox lost
  Bounced and failed mails that were not sent again, the oldest first, at most 1000. canBeResent is false where the link in the mail was wiped: who
  needs it asks for a new one. Out: [{id, region, template, to, status, said, createdAt, canBeResent}]
  Example: regioloket outbox lost`,
  async run(_args, terminal) {
    terminal.out(JSON.stringify(await withOwner(lostMails), null, 2));
    return 0;
  },
};

const MAIL_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const outboxResendCommand: Command = {
  words: ['outbox', 'resend'],
  summary: 'sends lost mails again, with a reason in the audit trail',
  help: `regioloket outbox resend MAIL… --reason TEXT
  Each becomes a new mail that names the old one, to the address that the person has now; its task ends. Out: {id: resent | unknown | not-lost |
  held-a-link | address-forgotten | resent-before}; exit 1 when one of them was not sent again.
  Example: regioloket outbox resend 5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e --reason "The mailbox was full and is not any more"`,
  async run(args, terminal) {
    const given = readArguments(args, { reason: 'text' });
    if ('faults' in given) return unusable(terminal, given.faults);
    const reason = given.text('reason')?.trim() ?? '';
    const wrong = given.files.filter((id) => !MAIL_ID.test(id)).map((id) => `No id of a mail: ${id}.`);
    if (given.files.length === 0) wrong.push('Name the mails by their id: regioloket outbox lost tells them.');
    if (reason === '' || reason.length > 500) wrong.push('Give a --reason of 1 to 500 characters.');
    if (wrong.length > 0)
      return unusable(
        terminal,
        wrong.map((message) => ({ pointer: '', message })),
      );
    const outcome = await withOwner((owner) => resendMails(owner, given.files, reason));
    terminal.out(JSON.stringify(outcome, null, 2));
    return Object.values(outcome).every((said) => said === 'resent') ? 0 : 1;
  },
};
