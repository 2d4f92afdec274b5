import { join, resolve } from 'node:path';
import type { PublicRegulation } from '#lib/regulation';
import { projectFolder, readSettings } from '#lib/settings';
import type { Command, ExitCode, Terminal } from '../command.js';
import { startInstallation } from '../installation/installation.js';
import { readRunFile } from '../installation/run-lock.js';
import { Actors } from '../round/actors.js';
import { Api, InstallationAway, RequestRefused } from '../round/api.js';
import { dryRun } from '../round/dry-run.js';
import { readRound } from '../round/read-round.js';
import type { RoundFile } from '../round/round-file.js';
import { runRound } from '../round/run-round.js';
import { unusable } from '../unusable-input.js';

export const roundRunCommand: Command = {
  words: ['round', 'run'],
  summary: 'drives a whole round over HTTP, as its people would',
  help: `regioloket round run FILE
  Invites the people, opens a call, submits, reviews, ranks (or decides in order of arrival) and announces. Joins the installation that runs on DATA_DIR, or
  starts one and stops it. Every fault that can be found beforehand is told first, and then nothing is created. A second run goes on
  where the first stopped.
  In:  docs/schemas/round.schema.json
  Out: {call, people, proposals, refusedBeforeReview, reviews, ranking, granted, refused, awardedCents, ceilingCents, letters}
  Example: regioloket round run examples/noord-12.json`,
  async run(args, terminal) {
    const [file] = args;
    if (file === undefined || args.length > 1)
      return unusable(terminal, [{ pointer: '', message: 'Name one file, or - for standard input.' }]);
    const read = readRound(await terminal.read(file));
    if ('faults' in read) return unusable(terminal, read.faults);
    return withInstallation(terminal, (place) => drive(terminal, read.round, place));
  },
};

interface Place {
  readonly url: string;
  readonly folder: string;
  readonly inviter: { readonly email: string; readonly password: string } | undefined;
}

/** Joins what runs; only what this command started is stopped by it. */
async function withInstallation(terminal: Terminal, work: (place: Place) => Promise<ExitCode>): Promise<ExitCode> {
  const settings = readSettings(process.env);
  const folder = resolve(projectFolder(), settings.DATA_DIR);
  const running = readRunFile(folder);
  if (running !== undefined) return work({ url: running.url, folder, inviter: inviterIn(running.accounts) });
  const installation = await startInstallation(settings, (text) => terminal.err(text));
  try {
    return await work({ url: installation.url, folder, inviter: inviterIn(installation.accounts) });
  } finally {
    await installation.stop();
  }
}

type Accounts = Awaited<ReturnType<typeof startInstallation>>['accounts'];

/** Only the national office may name everybody, the decider too. */
function inviterIn(accounts: Accounts): Place['inviter'] {
  return accounts.find(({ role }) => role === 'national-office');
}

async function drive(terminal: Terminal, round: RoundFile, place: Place): Promise<ExitCode> {
  const api = new Api(place.url);
  const faults = await faultsBeforehand(api, round, place);
  if (faults.length > 0) return unusable(terminal, faults);
  const { email = '', password = '' } = place.inviter ?? {};
  try {
    const signedIn = await api.send('POST', '/sessions', { body: { email, password } });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { token } = await api.post<{ token: string }>('/me/tokens', { cookie, body: { name: 'round run', days: 1 } });
    const kept = join(place.folder, 'rounds', `${round.region}-${round.call.number}.json`);
    const summary = await runRound(api, new Actors(api, token, round.region, kept), round, progress(terminal));
    terminal.out(JSON.stringify(summary, null, 2));
    return summary.letters === summary.proposals ? 0 : 1;
  } catch (error) {
    if (!(error instanceof RequestRefused || error instanceof InstallationAway)) throw error;
    terminal.err(JSON.stringify({ code: error.code, detail: error.message, ...error.facts }, null, 2));
    return 1;
  }
}

async function faultsBeforehand(
  api: Api,
  round: RoundFile,
  { inviter }: Place,
): Promise<{ pointer: string; message: string }[]> {
  if (inviter === undefined)
    return [
      { pointer: '', message: 'This installation has no account of the national office to begin with (see run.json).' },
    ];
  const faults: { pointer: string; message: string }[] = [];
  await api
    .get('/mailbox')
    .catch(() => faults.push({ pointer: '', message: 'This installation has no mailbox to read invitations from.' }));
  try {
    const path = `/regions/${encodeURIComponent(round.region)}/regulations/${encodeURIComponent(round.programme)}`;
    faults.push(...dryRun(round, await api.get<PublicRegulation>(path)));
  } catch (error) {
    if (!(error instanceof RequestRefused) || error.status !== 404) throw error;
    faults.push({ pointer: '/region', message: `has no regulation for the programme ${round.programme}` });
  }
  return faults;
}

/** One line per step on standard error, and one for each twentieth of it. */
function progress({ err }: Terminal): (step: string, done: number, of: number) => void {
  const told = new Map<string, number>();
  return (step, done, of) => {
    const part = Math.floor((done * 20) / Math.max(of, 1));
    if (part <= (told.get(step) ?? -1)) return;
    told.set(step, part);
    err(`${step} ${done}/${of}`);
  };
}
