import type { RoundActor } from './actors.js';
import { inLanes } from './lanes.js';
import { stepKey, type Run, type RunProposal } from './run.js';

/** Numbers follow the order of the file, because equal totals rank by number: the same file comes to the same decisions. */
async function draftAll(
  { api, round, callId }: Omit<Run, 'proposals'>,
  applicants: ReadonlyMap<string, RoundActor>,
): Promise<readonly RunProposal[]> {
  const drafts: RunProposal[] = [];
  for (const file of round.proposals) {
    const token = applicants.get(file.applicant.email)?.token ?? '';
    const body = { title: file.title, content: file.content };
    const key = stepKey(round, file.key);
    const { id } = await api.post<{ id: string }>(`/calls/${callId}/proposals`, { token, key, body });
    drafts.push({ id, file });
  }
  return drafts;
}

/** Drafts and submits every proposal as its applicant; by key of the file. */
export async function submitAll(
  run: Omit<Run, 'proposals'>,
  applicants: ReadonlyMap<string, RoundActor>,
): Promise<ReadonlyMap<string, RunProposal>> {
  const { api, round, tell } = run;
  const drafts = await draftAll(run, applicants);
  let done = 0;
  await inLanes(drafts, async ({ id, file }) => {
    const token = applicants.get(file.applicant.email)?.token ?? '';
    const submit = `/proposals/${id}/actions/submit`;
    await api.post(submit, { token, key: stepKey(round, submit), body: {} });
    tell('submitted', ++done, drafts.length);
  });
  return new Map(drafts.map((draft) => [draft.file.key, draft]));
}
