import { AssignReviewer, DeclareInterest } from '#lib/committee';
import { SaveReview } from '#lib/review';
import type { DemoNetwork } from './demo-network.js';
import { isRefusedBeforeReview, isTakenUp, stepOf, type StoryCall, type StoryProposal } from './proposal-story.js';
import { reasonFor } from './reason-for.js';
import type { When } from './moment.js';

/** Plans who is asked to review a proposal, how far each came, and the end of it. */
export function planReviews(network: DemoNetwork, call: StoryCall, proposal: StoryProposal): void {
  const { file } = proposal;
  if (!isTakenUp(proposal) || isRefusedBeforeReview(proposal)) return;
  const { secretary } = network.staff;
  const assigned = stepOf(call, proposal, 'assigned');
  network.plan(assigned, '11:30', async () => {
    await assignAll(network, proposal);
    await network.act({ kind: 'proposal', id: proposal.id }, 'start-review', secretary);
  });
  for (const [i, scores] of (file.scores ?? []).entries())
    network.plan(whenOf(network, call, proposal, i), '20:00', () => review(network, proposal, i, scores));
  if (file.withdrawn !== undefined) return;
  network.plan(stepOf(call, proposal, 'scored'), '15:00', () =>
    network.act({ kind: 'proposal', id: proposal.id }, 'close-review', secretary),
  );
}

/** Members hand in one after the other; a proposal with days of its own is reviewed on one evening. */
function whenOf(network: DemoNetwork, call: StoryCall, proposal: StoryProposal, i: number): When | undefined {
  const own = stepOf(call, proposal, 'reviewed');
  const { reviewsFrom, reviewsUntil } = call.file.days;
  if (own !== undefined || reviewsFrom === undefined || reviewsUntil === undefined) return own;
  const { count, at } = seatOf(network, proposal, i);
  return Math.round(reviewsFrom + ((reviewsUntil - reviewsFrom) * at) / Math.max(1, count - 1));
}

/** Reviewers take turns; the chair leads and does not review. */
function seatOf(
  network: DemoNetwork,
  { index, file }: StoryProposal,
  i: number,
): { name: string; at: number; count: number } {
  const members = network.parts.file.committee.filter(({ chair }) => chair !== true);
  const at = (index * (file.scores?.length ?? 0) + i) % members.length;
  return { name: members[at]?.name ?? '', at, count: members.length };
}

async function assignAll(network: DemoNetwork, proposal: StoryProposal): Promise<void> {
  const { database, round } = network.parts;
  const assigning = new AssignReviewer(database, round.engine, round.frozen, round.messageIds);
  const { secretary } = network.staff;
  const viewer = network.viewer(secretary, 'secretary');
  for (const [i, scores] of (proposal.file.scores ?? []).entries()) {
    const { name, at } = seatOf(network, proposal, i);
    const reviewer = network.person(name);
    const id = await assigning.execute(
      viewer,
      { proposalId: proposal.id, reviewerId: reviewer },
      await network.request(secretary),
    );
    proposal.reviews.push({ reviewer, position: at, scores, id });
  }
}

async function review(network: DemoNetwork, proposal: StoryProposal, i: number, scores: string): Promise<void> {
  const { reviewer = '', id = '', position = 0 } = proposal.reviews[i] ?? {};
  if (scores === 'invited') return;
  if (scores === 'recused') return declareInterest(network, proposal.id, reviewer);
  await network.act({ kind: 'review', id }, 'accept', reviewer);
  if (scores === 'late') return;
  await save(network, id, { reviewer, scores, turn: proposal.index + position });
  if (scores !== 'busy') await network.act({ kind: 'review', id }, 'submit', reviewer);
}

interface Writing {
  readonly reviewer: string;
  readonly scores: string;
  readonly turn: number;
}

/** Somebody who is busy has written half of it. */
async function save(network: DemoNetwork, id: string, { reviewer, scores, turn }: Writing): Promise<void> {
  const { regulation, database } = network.parts;
  const { criteria, scale } = regulation.rubric;
  const given = scores === 'busy' ? criteria.slice(0, 2).map(() => scale.max) : scores.split(' ');
  const written = criteria.slice(0, given.length).map(({ key }, i) => {
    const score = given[i] ?? '';
    return {
      criterion: key,
      score,
      reason: reasonFor(network.parts, { criterion: key, score: Number(score), turn: turn + i }),
    };
  });
  await new SaveReview(database).execute(id, written, 1, { region: network.region, actorId: reviewer });
}

async function declareInterest(network: DemoNetwork, proposalId: string, personId: string): Promise<void> {
  const { database, round } = network.parts;
  const interest = { proposalId, personId, reason: 'Mijn zus werkt bij het bedrijf dat meedoet.' };
  await new DeclareInterest(database, round.engine).execute(
    network.viewer(personId, 'member'),
    interest,
    await network.request(personId),
  );
}
