import { resumeWork, waitingWork } from '#lib/engine';
import type { Command } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';
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
