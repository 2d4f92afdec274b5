import type { RoundActor } from './actors.js';
import { inLanes } from './lanes.js';
import { stepKey, type Run, type RunProposal } from './run.js';

/** The files that answer questions, one after the other: each is an answer to the same proposal. */
async function sendFiles(
  { api, round }: Omit<Run, 'proposals'>,
  { id, file }: RunProposal,
  token: string,
): Promise<void> {
  for (const [question, keys] of Object.entries(file.files ?? {})) {
    for (const name of keys) {
      const found = round.files?.[name];
      if (found === undefined) continue;
      const path = `/proposals/${id}/attachments`;
      const key = stepKey(round, `${path}:${question}:${name}`);
      await api.upload(path, { token, key, question, name: found.name, bytes: Buffer.from(found.base64, 'base64') });
    }
  }
}

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
    await sendFiles(run, { id, file }, token);
    const submit = `/proposals/${id}/actions/submit`;
    await api.post(submit, { token, key: stepKey(round, submit), body: {} });
    tell('submitted', ++done, drafts.length);
  });
  return new Map(drafts.map((draft) => [draft.file.key, draft]));
}
