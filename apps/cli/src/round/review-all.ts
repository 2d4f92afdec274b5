import { inLanes } from './lanes.js';
import type { ReviewInFile } from './round-file.js';
import { act, stepKey, type Run, type RunProposal } from './run.js';

interface ReviewRow {
  readonly phase: string;
}

/** Admits, declares interests, assigns, reviews and closes the reviews; returns how many reviews were handed in. */
export async function reviewAll(run: Run): Promise<number> {
  const { proposals, tell } = run;
  const admitted = [...proposals.values()].filter(({ file }) => file.refuse === undefined);
  let done = 0;
  const counts = await inLanes(admitted, async (proposal) => {
    const count = await reviewOne(run, proposal);
    tell('reviewed', ++done, admitted.length);
    return count;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

async function reviewOne(run: Run, { id, file }: RunProposal): Promise<number> {
  const { api, staff, members } = run;
  const { interests = [], reviews = [] } = file;
  const { secretary } = staff;
  await act(run, secretary, `/proposals/${id}/actions/admit`);
  for (const { member, reason } of interests)
    await api.post(`/proposals/${id}/interests`, { token: members.get(member)?.token, body: { reason } });
  const asked: { review: ReviewInFile; id: string }[] = [];
  for (const review of reviews) asked.push({ review, id: await assign(run, id, review.member) });
  await act(run, secretary, `/proposals/${id}/actions/start-review`);
  for (const { review, id: reviewId } of asked) await write(run, reviewId, review);
  await act(run, secretary, `/proposals/${id}/actions/close-review`);
  return reviews.length;
}

async function assign(run: Run, proposalId: string, member: string): Promise<string> {
  const { api, staff, members, round } = run;
  const path = `/proposals/${proposalId}/reviews`;
  const body = { reviewerId: members.get(member)?.id };
  const key = stepKey(round, `${path}:${member}`);
  return (await api.post<{ id: string }>(path, { token: staff.secretary.token, key, body })).id;
}

/** Accepts, writes every score with its reason, and hands in. */
async function write(run: Run, id: string, { member, scores }: ReviewInFile): Promise<void> {
  const { api, members } = run;
  const reviewer = members.get(member) ?? { id: '', token: '' };
  const { token } = reviewer;
  await act(run, reviewer, `/reviews/${id}/actions/accept`);
  const { data, headers } = await api.send<ReviewRow>('GET', `/reviews/${id}`, { token });
  if (data.phase === 'in-review') {
    const body = { scores: Object.entries(scores).map(([criterion, given]) => ({ criterion, ...given })) };
    await api.send('PUT', `/reviews/${id}`, { token, body, ifMatch: headers.get('etag') ?? '' });
  }
  await act(run, reviewer, `/reviews/${id}/actions/submit`);
}
