import 'reflect-metadata';
import { DomainError } from '#lib/kernel';
import type { Command, ExitCode, Terminal } from './command.js';
import { accountOpenCommand } from './commands/account.js';
import { accountDisableCommand, accountEnableCommand, accountListCommand } from './commands/account-access.js';
import { actorsExportCommand, actorsImportCommand } from './commands/actors.js';
import { allocateCommand } from './commands/allocate.js';
import { assignCommand } from './commands/assign.js';
import { auditAnchorCommand, auditVerifyCommand } from './commands/audit.js';
import { backupCommand, restoreCommand } from './commands/backup.js';
import { invariantsCommand } from './commands/checks.js';
import { bundleReplayCommand } from './commands/bundle.js';
import { drawCommand } from './commands/draw.js';
import { outboxLostCommand, outboxResendCommand, outboxResumeCommand, outboxStatusCommand } from './commands/outbox.js';
import { rankCommand } from './commands/rank.js';
import { demoCommand, migrateCommand, serverCommand, startCommand, workerCommand } from './commands/start.js';
import { schoolsImportCommand, schoolsUndoCommand } from './commands/schools.js';
import { roundRunCommand } from './commands/round.js';
import { termCommand } from './commands/term.js';
import { workflowCheckCommand, workflowDrawCommand } from './commands/workflow.js';
import { processTerminal } from './terminal.js';
import { unusable } from './unusable-input.js';

const COMMANDS: readonly Command[] = [
  ...[
    startCommand,
    serverCommand,
    workerCommand,
    migrateCommand,
    demoCommand,
    invariantsCommand,
    auditVerifyCommand,
    auditAnchorCommand,
  ],
  ...[accountOpenCommand, accountListCommand, accountDisableCommand, accountEnableCommand],
  ...[actorsImportCommand, actorsExportCommand],
  ...[backupCommand, restoreCommand, outboxStatusCommand, outboxResumeCommand, outboxLostCommand, outboxResendCommand],
  ...[
    schoolsImportCommand,
    schoolsUndoCommand,
    roundRunCommand,
    termCommand,
    workflowCheckCommand,
    workflowDrawCommand,
  ],
  ...[rankCommand, assignCommand, allocateCommand, drawCommand, bundleReplayCommand],
];

/** Runs one command. Whatever goes wrong is told in a sentence, never as a stack trace. */
export async function main(args: readonly string[], terminal: Terminal = processTerminal): Promise<ExitCode> {
  const [first] = args;
  if (first === undefined || first === 'help' || first === '--help') return help(args.slice(1), terminal);
  const command = find(args);
  if (command === undefined)
    return unusable(terminal, [{ pointer: '', message: `Unknown command. Known are: ${names().join(', ')}.` }]);
  try {
    return await command.run(args.slice(command.words.length), terminal);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return unusable(terminal, [{ pointer: '', message: error.message }]);
  }
}

function help(words: readonly string[], terminal: Terminal): ExitCode {
  const command = find(words);
  const list = COMMANDS.map(({ words: w, summary }) => `  ${w.join(' ').padEnd(18)} ${summary}`);
  terminal.out(
    command?.help ??
      ['regioloket COMMAND …', ...list, '  help COMMAND       the contract of one command, with an example'].join('\n'),
  );
  return 0;
}

/** The command whose words the arguments begin with; `help workflow` finds the first of its family. */
function find(words: readonly string[]): Command | undefined {
  const exact = COMMANDS.find((command) => command.words.every((word, i) => words[i] === word));
  return (
    exact ??
    (words.length === 1
      ? COMMANDS.find((command) => command.words[0] === words[0] && command.words.length > 1)
      : undefined)
  );
}

function names(): readonly string[] {
  return COMMANDS.map((command) => command.words.join(' '));
}
