import { drawLine, shortageOf, type LineVerdict } from '#lib/funding';
import type { PublicRegulation } from '#lib/regulation';
import { meetsThreshold, scoreProposal } from '#lib/scoring';
import { inLanes } from './lanes.js';
import { minimumIn, requestedIn, scoresIn } from './round-file.js';
import { act, stepKey, type Run } from './run.js';

interface RankingEntry {
  readonly proposal: { readonly id: string };
  readonly position: number;
  readonly meetsThreshold: boolean;
  readonly requestedCents: number;
}

interface RankingAnswer {
  readonly id: string;
  readonly resultHash: string;
  readonly entries: readonly RankingEntry[];
}

type Regulation = PublicRegulation['regulation'];

/** What the decisions of a round came to. */
export interface RoundOutcome {
  /** Null in order of arrival. */
  readonly ranking: { readonly id: string; readonly hash: string; readonly proposals: number } | null;
  readonly granted: number;
  readonly refused: { readonly threshold: number; readonly ceiling: number };
  readonly awardedCents: number;
  readonly ceilingCents: number;
}

/** Advises and decides on everything, by the ranking or in order of arrival, and announces. */
export async function decideAll(run: Run): Promise<RoundOutcome> {
  const { api, round, callId, staff } = run;
  const { regulation } = await api.get<PublicRegulation>(`/regions/${round.region}/regulations/${round.programme}`);
  const isRanked = regulation.distribution.way === 'tender';
  const { ranking, verdicts } = isRanked
    ? await ranked(run, regulation)
    : { ranking: null, verdicts: judged(run, regulation) };
  await decideEach(
    run,
    verdicts,
    regulation.rubric.criteria.map(({ key }) => key),
  );
  // In order of arrival every decision was announced when it was taken.
  await act(run, staff.decider, `/calls/${callId}/actions/${isRanked ? 'announce' : 'finish'}`);
  const count = (ground: LineVerdict['ground']): number =>
    verdicts.filter((verdict) => verdict.ground === ground).length;
  const granted = verdicts.filter(({ ground }) => ground === null);
  return {
    ranking,
    granted: count(null),
    refused: { threshold: count('threshold'), ceiling: count('ceiling') },
    awardedCents: granted.reduce((sum, { cents }) => sum + cents, 0),
    ceilingCents: regulation.distribution.ceilingCents,
  };
}

interface Judged {
  readonly ranking: RoundOutcome['ranking'];
  readonly verdicts: readonly LineVerdict[];
}

/** Ranks, and draws the line as the regulation says. */
async function ranked({ api, round, callId, staff, proposals }: Run, { distribution }: Regulation): Promise<Judged> {
  const path = `/calls/${callId}/rankings`;
  const { token } = staff.secretary;
  await api.post(path, { token, key: stepKey(round, path) });
  const { id, resultHash: hash, entries } = await api.get<RankingAnswer>(`${path}/newest`, { token });
  const minimums = new Map([...proposals.values()].map(({ id: one, file }) => [one, minimumIn(file.content)]));
  const line = entries.map(({ proposal, position, meetsThreshold, requestedCents }) => ({
    ...{ id: proposal.id, position, meetsThreshold, cents: requestedCents, minimumCents: minimums.get(proposal.id) },
  }));
  const { ceilingCents, atShortage } = distribution;
  const verdicts = drawLine(line, ceilingCents, shortageOf(atShortage));
  return { ranking: { id, hash, proposals: entries.length }, verdicts };
}

/** Pass or fail; the dry run has made sure that all of it fits. */
function judged({ proposals }: Run, { rubric }: Regulation): readonly LineVerdict[] {
  const reviewed = [...proposals.values()].filter(({ file }) => file.refuse === undefined);
  return reviewed.map(({ id, file }): LineVerdict => {
    const passes = meetsThreshold(rubric, scoreProposal(rubric, scoresIn(file.reviews ?? [])));
    return { id, cents: requestedIn(file.content), ground: passes ? null : 'threshold' };
  });
}

async function decideEach(run: Run, verdicts: readonly LineVerdict[], criteria: readonly string[]): Promise<void> {
  const { staff, chair, round, tell } = run;
  const reasonsPerCriterion = Object.fromEntries(criteria.map((key) => [key, round.reasons.advice]));
  let done = 0;
  await inLanes(verdicts, async ({ id, ground, cents }) => {
    const outcome = ground === null ? 'grant' : 'refuse';
    const reasons = round.reasons[ground ?? 'grant'];
    // among equals at the line each gets its share; without an amount it is all that was asked
    const amount = ground === null && isShare(run, id, cents) ? { amountCents: cents } : {};
    await act(run, chair, `/proposals/${id}/actions/advise`, { outcome, reasonsPerCriterion, ...amount });
    const draft = { outcome, reasons, ...amount, ...(ground === null ? {} : { ground }) };
    await act(run, staff.secretary, `/proposals/${id}/actions/prepare-decision`, draft);
    await act(run, staff.decider, `/proposals/${id}/actions/${outcome}`);
    tell('decided', ++done, verdicts.length);
  });
}

function isShare({ proposals }: Run, id: string, cents: number): boolean {
  const found = [...proposals.values()].find((one) => one.id === id);
  return found !== undefined && cents < requestedIn(found.file.content);
}
