import { OpenSeat } from '#lib/committee';
import { MakeRanking } from '#lib/decision';
import { CreateCall } from '#lib/regulation';
import { planDecision } from './decide-story.js';
import type { DemoNetwork } from './demo-network.js';
import type { CallInFile } from './network-file.js';
import { planProposal, type StoryCall, type StoryProposal } from './proposal-story.js';
import { planReviews } from './review-story.js';

/** Plans a round from its first draft to its announcement; the system opens and closes it by itself. */
export function planCall(network: DemoNetwork, call: CallInFile): void {
  const { days } = call;
  const story: StoryCall = { id: '', file: call };
  const { secretary, decider } = network.staff;
  network.plan(days.prepared, '10:00', async () => {
    story.id = await createCall(network, call);
  });
  network.plan(days.published, '14:00', () => network.act({ kind: 'call', id: story.id }, 'publish', decider));
  network.plan(days.seated, '11:00', () => seatCommittee(network, story.id));
  const proposals = call.proposals.map((file, i): StoryProposal => ({ id: '', file, index: i, reviews: [] }));
  for (const proposal of proposals) {
    planProposal(network, story, proposal);
    planReviews(network, story, proposal);
  }
  network.plan(days.scored, '16:00', async () => {
    const viewer = network.viewer(secretary, 'secretary');
    await new MakeRanking(network.parts.database).execute(viewer, { region: network.region, callId: story.id });
  });
  for (const proposal of proposals) planDecision(network, story, proposal);
  network.plan(days.announced, '12:00', () => network.act({ kind: 'call', id: story.id }, 'announce', decider));
}

async function createCall(network: DemoNetwork, { number, name, days }: CallInFile): Promise<string> {
  const { database, round } = network.parts;
  const { coordinator } = network.staff;
  const { receivedAt } = await network.request(coordinator);
  const [opensAt, closesAt] = [network.moment(days.opens, '09:00'), network.moment(days.closes, '17:00')];
  const call = { region: network.region, programme: 'innovatie-wt', number, name, opensAt, closesAt, graceMinutes: 15 };
  return new CreateCall(database, round.engine, round.frozen).execute(call, { actorId: coordinator, receivedAt });
}

async function seatCommittee(network: DemoNetwork, callId: string): Promise<void> {
  const { database, file } = network.parts;
  const seats = new OpenSeat(database);
  const viewer = network.viewer(network.staff.secretary, 'secretary');
  for (const { name, kind, chair = false } of file.committee)
    await seats.execute(
      viewer,
      { region: network.region, callId },
      { personId: network.person(name), kind, isChair: chair },
    );
}
