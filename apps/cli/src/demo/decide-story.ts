import { newestRanking } from '#lib/decision';
import { drawLine, type LineVerdict } from '#lib/funding';
import type { DemoNetwork } from './demo-network.js';
import { isRefusedBeforeReview, isTakenUp, stepOf, type StoryCall, type StoryProposal } from './proposal-story.js';
import { reasonFor } from './reason-for.js';

/** A round whose money is given out; null until the committee meets. */
export interface DecidingCall extends StoryCall {
  verdicts: ReadonlyMap<string, LineVerdict> | null;
}

/** Plans advice, draft and decision of one proposal. */
export function decideStory(network: DemoNetwork, call: DecidingCall, proposal: StoryProposal): void {
  if (!isTakenUp(proposal) || proposal.file.withdrawn !== undefined) return;
  const { secretary, decider, chair } = network.staff;
  const act = (action: string, by: string, payload = {}): Promise<void> =>
    network.act('proposal', proposal.id, action, by, payload);
  const decided = stepOf(call, proposal, 'decided');
  if (isRefusedBeforeReview(proposal)) return network.plan(decided, '15:00', () => act('refuse', decider));
  const outcome = (): Promise<'grant' | 'threshold' | 'ceiling'> => groundOf(network, call, proposal);
  network.plan(stepOf(call, proposal, 'advised'), '14:00', async () => {
    const ground = await outcome();
    await act('advise', chair, {
      outcome: ground === 'grant' ? 'grant' : 'refuse',
      reasonsPerCriterion: adviceOf(network, proposal),
    });
  });
  network.plan(decided, '15:00', async () => {
    const ground = await outcome();
    const reasons = network.parts.reasons.decisions[ground];
    const draft = ground === 'grant' ? { outcome: 'grant', reasons } : { outcome: 'refuse', ground, reasons };
    await act('prepare-decision', secretary, draft);
    await act(ground === 'grant' ? 'grant' : 'refuse', decider);
  });
}

async function groundOf(
  network: DemoNetwork,
  call: DecidingCall,
  proposal: StoryProposal,
): Promise<'grant' | 'threshold' | 'ceiling'> {
  call.verdicts ??= await lineOf(network, call);
  return call.verdicts.get(proposal.id)?.ground ?? 'grant';
}

/** The line that the regulation draws through the newest ranking. */
async function lineOf(network: DemoNetwork, call: StoryCall): Promise<ReadonlyMap<string, LineVerdict>> {
  const { database, regulation } = network.parts;
  const scope = { regions: [network.region], actor: network.staff.secretary, readOnly: true };
  const ranking = await database.unit(scope, (tx) => newestRanking(tx, call.id));
  const entries = (ranking?.entries ?? []).map(({ proposal: { id }, meetsThreshold, requestedCents }) => ({
    ...{ id, meetsThreshold, cents: requestedCents ?? 0 },
  }));
  const { ceilingCents, atShortage } = regulation.distribution;
  const verdicts = drawLine(entries, ceilingCents, atShortage === 'skip' ? 'skip' : 'stop');
  return new Map(verdicts.map((verdict) => [verdict.id, verdict]));
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
