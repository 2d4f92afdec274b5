import { drawLine, type LineVerdict } from '#lib/funding';
import type { PublicRegulation } from '#lib/regulation';
import { inLanes } from './lanes.js';
import { act, stepKey, type Run } from './run.js';

interface RankingEntry {
  readonly proposal: { readonly id: string };
  readonly position: number;
  readonly meetsThreshold: boolean;
  readonly requestedCents: number;
}

/** What the decisions of a round came to. */
export interface RoundOutcome {
  readonly ranking: { readonly id: string; readonly hash: string; readonly proposals: number };
  readonly granted: number;
  readonly refused: { readonly threshold: number; readonly ceiling: number };
  readonly awardedCents: number;
  readonly ceilingCents: number;
}

/** Ranks, advises, decides by the line that the regulation draws, and announces. */
export async function decideAll(run: Run): Promise<RoundOutcome> {
  const { api, round, callId, staff } = run;
  const path = `/calls/${callId}/rankings`;
  await api.post(path, { token: staff.secretary.token, key: stepKey(round, path) });
  const ranking = await api.get<{ id: string; resultHash: string; entries: RankingEntry[] }>(`${path}/newest`, {
    token: staff.secretary.token,
  });
  const { regulation } = await api.get<PublicRegulation>(`/regions/${round.region}/regulations/${round.programme}`);
  const { ceilingCents, atShortage } = regulation.distribution;
  const entries = ranking.entries.map(({ proposal, meetsThreshold, requestedCents }) => ({
    ...{ id: proposal.id, meetsThreshold, cents: requestedCents },
  }));
  const verdicts = drawLine(entries, ceilingCents, atShortage === 'skip' ? 'skip' : 'stop');
  await decideEach(
    run,
    verdicts,
    regulation.rubric.criteria.map(({ key }) => key),
  );
  await act(run, staff.decider, `/calls/${callId}/actions/announce`);
  const count = (ground: LineVerdict['ground']): number =>
    verdicts.filter((verdict) => verdict.ground === ground).length;
  const granted = verdicts.filter(({ ground }) => ground === null);
  return {
    ranking: { id: ranking.id, hash: ranking.resultHash, proposals: ranking.entries.length },
    granted: count(null),
    refused: { threshold: count('threshold'), ceiling: count('ceiling') },
    awardedCents: granted.reduce((sum, { cents }) => sum + cents, 0),
    ceilingCents,
  };
}

async function decideEach(run: Run, verdicts: readonly LineVerdict[], criteria: readonly string[]): Promise<void> {
  const { staff, chair, round, tell } = run;
  const reasonsPerCriterion = Object.fromEntries(criteria.map((key) => [key, round.reasons.advice]));
  let done = 0;
  await inLanes(verdicts, async ({ id, ground }) => {
    const outcome = ground === null ? 'grant' : 'refuse';
    const reasons = round.reasons[ground ?? 'grant'];
    await act(run, chair, `/proposals/${id}/actions/advise`, { outcome, reasonsPerCriterion });
    const draft = { outcome, reasons, ...(ground === null ? {} : { ground }) };
    await act(run, staff.secretary, `/proposals/${id}/actions/prepare-decision`, draft);
    await act(run, staff.decider, `/proposals/${id}/actions/${outcome}`);
    tell('decided', ++done, verdicts.length);
  });
}
