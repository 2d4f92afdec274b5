import type { Api } from './api.js';
import type { RoundActor } from './actors.js';
import type { ProposalInFile, RoundFile } from './round-file.js';

/** What every step of the run uses. */
export interface Run {
  readonly api: Api;
  readonly round: RoundFile;
  readonly callId: string;
  readonly staff: Readonly<Record<'coordinator' | 'secretary' | 'decider', RoundActor>>;
  /** By e-mail address. */
  readonly members: ReadonlyMap<string, RoundActor>;
  readonly chair: RoundActor;
  /** Proposals by their key in the file. */
  readonly proposals: ReadonlyMap<string, RunProposal>;
  readonly tell: (step: string, done: number, of: number) => void;
}

export interface RunProposal {
  readonly id: string;
  readonly file: ProposalInFile;
}

/** The Idempotency-Key of a step: the same in every run of this round. */
export function stepKey({ region, call }: RoundFile, step: string): string {
  return `round:${region}:${call.number}:${step}`;
}

/** Makes a move once, whoever ran before. */
export async function act(run: Run, by: RoundActor, path: string, body: object = {}): Promise<void> {
  await run.api.post(path, { token: by.token, key: stepKey(run.round, path), body });
}
