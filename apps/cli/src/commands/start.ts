import { readSettings } from '#lib/settings';
import type { Command } from '../command.js';
import { accountLines } from '../installation/demo-accounts.js';
import { demoInstallation } from '../installation/fill-with-demo.js';
import { migrateInstallation, startInstallation } from '../installation/installation.js';
import { startServerPart, startWorkerPart, type RunningPart } from '../installation/production.js';

const START_HELP = `regioloket start
  Starts the server and what it needs; without DATABASE_URL also a PostgreSQL of its own in DATA_DIR. Runs until Ctrl-C or SIGTERM,
  which end everything it started. Out: the addresses.
  Example: PORT=8080 regioloket start`;

/** Ends with the first signal; a second one does not cut the ending short, the drain has its own limit. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
  });
}

export const startCommand: Command = {
  words: ['start'],
  summary: 'starts the server and what it needs',
  help: START_HELP,
  async run(_args, terminal) {
    const asked = untilSignal();
    const installation = await startInstallation(readSettings(process.env), (text) => terminal.err(text));
    terminal.out(`Regioloket           ${installation.url}`);
    terminal.out(`API documentation    ${installation.url}/api/v1/openapi.json`);
    if (installation.hasMailbox) terminal.out(`Mailbox              ${installation.url}/mailbox`);
    for (const line of accountLines(installation.accounts)) terminal.out(line);
    terminal.out('Ctrl-C stops everything.');
    await asked;
    terminal.err('Stopping …');
    await installation.stop();
    return 0;
  },
};

/** Runs one part of a larger installation until a signal. */
function partCommand(name: 'server' | 'worker', start: typeof startServerPart): Command {
  return {
    words: [name],
    summary: name === 'server' ? 'one of any number of servers' : 'one of any number of workers',
    help: `regioloket ${name}
  Starts one ${name} on a shared database; docs/operating.md lists the settings. Runs until SIGTERM, which lets running work end.
  Example: DATABASE_${name === 'server' ? '' : 'WORKER_'}URL=postgres://… regioloket ${name}`,
    async run(_args, terminal) {
      const asked = untilSignal();
      const part: RunningPart = await start(readSettings(process.env), (text) => terminal.err(text));
      terminal.out(part.url === null ? `The ${name} runs.` : `The ${name} runs on ${part.url}.`);
      await asked;
      await part.stop();
      return 0;
    },
  };
}

export const serverCommand = partCommand('server', startServerPart);
export const workerCommand = partCommand('worker', startWorkerPart);

export const migrateCommand: Command = {
  words: ['migrate'],
  summary: 'brings the schema of DATABASE_OWNER_URL up to date',
  help: `regioloket migrate
  Runs the migrations that have not run yet, as the owner of the database. Out: {ran: [name]}.
  Example: DATABASE_OWNER_URL=postgres://… regioloket migrate`,
  async run(_args, terminal) {
    terminal.out(JSON.stringify({ ran: await migrateInstallation(readSettings(process.env)) }));
    return 0;
  },
};

export const demoCommand: Command = {
  words: ['demo'],
  summary: 'loads the examples of seven networks into an empty database',
  help: `regioloket demo
  Fills the empty database of DATABASE_OWNER_URL, DATABASE_URL and DATABASE_WORKER_URL, or that of a stopped DATA_DIR. What was cut off
  begins anew. Never with NODE_ENV=production. Out: {accounts: [{network, role, email, password}]}
  Example: DATA_DIR=/tmp/demo regioloket demo`,
  async run(_args, terminal) {
    const { accounts } = await demoInstallation(readSettings(process.env), (text) => terminal.err(text));
    terminal.out(JSON.stringify({ accounts }, null, 2));
    return 0;
  },
};
