import { newestRanking, readArrivals } from '#lib/decision';
import { drawLine, shortageOf } from '#lib/funding';
import type { DemoNetwork } from './demo-network.js';
import { isRefusedBeforeReview, isTakenUp, stepOf, type StoryCall, type StoryProposal } from './proposal-story.js';
import { reasonFor } from './reason-for.js';

type Ground = 'grant' | 'threshold' | 'ceiling';

/** Plans advice, draft and decision of one proposal. */
export function planDecision(network: DemoNetwork, call: StoryCall, proposal: StoryProposal): void {
  if (!isTakenUp(proposal) || proposal.file.withdrawn !== undefined) return;
  const { secretary, decider, chair } = network.staff;
  const act = (action: string, by: string, payload = {}): Promise<void> =>
    network.act({ kind: 'proposal', id: proposal.id }, action, by, payload);
  const decided = stepOf(call, proposal, 'decided');
  if (isRefusedBeforeReview(proposal)) {
    network.plan(decided, '15:00', () => act('refuse', decider));
    return;
  }
  network.plan(stepOf(call, proposal, 'advised'), '14:00', async () => {
    const ground = await groundOf(network, call, proposal);
    await act('advise', chair, {
      outcome: ground === 'grant' ? 'grant' : 'refuse',
      reasonsPerCriterion: adviceOf(network, proposal),
    });
  });
  network.plan(decided, '15:00', async () => {
    const ground = await groundOf(network, call, proposal);
    const reasons = network.parts.reasons.decisions[ground];
    const draft = ground === 'grant' ? { outcome: 'grant', reasons } : { outcome: 'refuse', ground, reasons };
    await act('prepare-decision', secretary, draft);
    await act(ground === 'grant' ? 'grant' : 'refuse', decider);
  });
}

/** What the regulation says of a proposal: by the line through the newest ranking, or in order of arrival by its own score. */
async function groundOf(network: DemoNetwork, call: StoryCall, { id }: StoryProposal): Promise<Ground> {
  const { database, regulation } = network.parts;
  const { way, ceilingCents, atShortage } = regulation.distribution;
  const scope = { regions: [network.region], actor: network.staff.secretary, readOnly: true };
  return database.unit(scope, async (tx) => {
    if (way === 'order-of-arrival') {
      const { rows } = await readArrivals(tx, call.id);
      return rows.find((row) => row.id === id)?.passes === false ? 'threshold' : 'grant';
    }
    const ranking = await newestRanking(tx, call.id);
    const entries = (ranking?.entries ?? []).map(({ proposal, position, meetsThreshold, requestedCents }) => ({
      ...{ id: proposal.id, position, meetsThreshold, cents: requestedCents ?? 0 },
    }));
    const verdicts = drawLine(entries, ceilingCents, shortageOf(atShortage));
    return verdicts.find((verdict) => verdict.id === id)?.ground ?? 'grant';
  });
}

/** What the committee writes by criterion, by the mean of the scores that came in. */
function adviceOf(network: DemoNetwork, { file, index }: StoryProposal): Record<string, string> {
  const rows = (file.scores ?? [])
    .filter((scores) => scores.includes(' '))
    .map((scores) => scores.split(' ').map(Number));
  const entries = network.parts.regulation.rubric.criteria.map(({ key }, i) => {
    const mean = rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / Math.max(1, rows.length);
    return [key, reasonFor(network.parts, { criterion: key, score: mean, turn: index + i })] as const;
  });
  return Object.fromEntries(entries);
}
