import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api.js';
import type { Actors, RoundActor } from './actors.js';
import { countLetters } from './count-letters.js';
import { decideAll, type RoundOutcome } from './decide-all.js';
import { inLanes } from './lanes.js';
import { reviewAll } from './review-all.js';
import type { RoundFile } from './round-file.js';
import { submitAll } from './submit-all.js';
import { act, stepKey, type Run } from './run.js';

/** What a round came to. */
export interface RoundSummary extends RoundOutcome {
  readonly call: { readonly id: string; readonly region: string; readonly number: string };
  readonly people: number;
  readonly proposals: number;
  readonly refusedBeforeReview: number;
  readonly reviews: number;
  /** Decision letters in the mailbox. */
  readonly letters: number;
}

/** Drives a round from invitation to letters over HTTP, as its people would. A second run goes on where the first stopped. */
export async function runRound(api: Api, actors: Actors, round: RoundFile, tell: Run['tell']): Promise<RoundSummary> {
  const people = await bringEverybody(actors, round, tell);
  const { staff, members, chair } = people;
  const callId = await openCall(api, round, staff);
  const begun = { api, round, callId, staff, members, chair, tell };
  await seatEverybody(begun);
  const proposals = await submitAll(begun, people.applicants);
  const run: Run = { ...begun, proposals };
  await closeEarly(run);
  const refused = await refuseBeforeReview(run);
  const reviews = await reviewAll(run);
  const outcome = await decideAll(run);
  const letters = await countLetters(run);
  const { region, call } = round;
  const counts = { people: 3 + members.size + people.applicants.size, proposals: proposals.size };
  return {
    call: { id: callId, region, number: call.number },
    ...counts,
    refusedBeforeReview: refused,
    reviews,
    ...outcome,
    letters,
  };
}

interface Everybody extends Pick<Run, 'staff' | 'members' | 'chair'> {
  readonly applicants: ReadonlyMap<string, RoundActor>;
}

async function bringEverybody(actors: Actors, round: RoundFile, tell: Run['tell']): Promise<Everybody> {
  const { coordinator, secretary, decider, members } = round.people;
  const applicants = [...new Map(round.proposals.map(({ applicant }) => [applicant.email, applicant])).values()];
  const all = [
    ...[
      { person: coordinator, role: 'coordinator' as const },
      { person: secretary, role: 'secretary' as const },
    ],
    ...[{ person: decider, role: 'decider' as const }],
    ...members.map((person) => ({ person, role: person.chair === true ? ('chair' as const) : ('member' as const) })),
    ...applicants.map((person) => ({ person, role: null })),
  ];
  let done = 0;
  const brought = await inLanes(all, async ({ person, role }) => {
    const actor = await actors.bring(person, role === null ? [] : [role]);
    tell('people', ++done, all.length);
    return [person.email, actor] as const;
  });
  const byEmail = new Map(brought);
  const of = (email: string): RoundActor => byEmail.get(email) ?? { id: '', token: '' };
  return {
    staff: { coordinator: of(coordinator.email), secretary: of(secretary.email), decider: of(decider.email) },
    members: new Map(members.map(({ email }) => [email, of(email)])),
    chair: of(members.find(({ chair }) => chair === true)?.email ?? ''),
    applicants: new Map(applicants.map(({ email }) => [email, of(email)])),
  };
}

interface CallRow {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly phase: string;
}

const DAY_MS = 86_400_000;
const POLL_MS = 250;

/** Finds the call of an earlier run, or prepares and publishes it; it opens at its publication. */
async function openCall(api: Api, round: RoundFile, staff: Run['staff']): Promise<string> {
  const { region, programme, call } = round;
  const { coordinator, decider } = staff;
  const list = `/regions/${region}/calls`;
  const { items } = await api.get<{ items: CallRow[] }>(`${list}?size=200`, { token: coordinator.token });
  const known = items.find(({ number }) => number === call.number);
  const body = { programme, number: call.number, name: call.name, ...openFor(call.closesAfterDays, await api.clock()) };
  const { token } = coordinator;
  const { id } = known ?? (await api.post<{ id: string }>(list, { token, key: stepKey(round, 'call'), body }));
  const publish = `/calls/${id}/actions/publish`;
  await api.post(publish, { token: decider.token, key: stepKey(round, publish), body: {} });
  return id;
}

/** From a moment ago, by the installation's clock, so that nobody waits for the opening. */
function openFor(days: number, clock: string): { opensAt: string; closesAt: string } {
  const now = Date.parse(clock);
  return { opensAt: new Date(now - 60_000).toISOString(), closesAt: new Date(now + days * DAY_MS).toISOString() };
}

async function seatEverybody(run: Omit<Run, 'proposals'>): Promise<void> {
  const { api, round, callId, staff, members, tell } = run;
  for (const [i, { email, kind, chair }] of round.people.members.entries()) {
    const body = { personId: members.get(email)?.id, kind, isChair: chair === true };
    await api.post(`/calls/${callId}/seats`, {
      token: staff.secretary.token,
      key: stepKey(round, `seat:${email}`),
      body,
    });
    tell('seats', i + 1, round.people.members.length);
  }
}

/** Waits until the system has opened the call, then closes it with its reason. */
async function closeEarly(run: Run): Promise<void> {
  const { api, callId, staff, round } = run;
  for (;;) {
    const { phase, state } = await api.get<CallRow>(`/calls/${callId}`, { token: staff.coordinator.token });
    if (phase !== 'submitted' || state === 'Open') break;
    await sleep(POLL_MS);
  }
  await act(run, staff.decider, `/calls/${callId}/actions/close-early`, { reason: round.call.closeReason });
}

async function refuseBeforeReview(run: Run): Promise<number> {
  const { staff, proposals, tell } = run;
  const refused = [...proposals.values()].filter(({ file }) => file.refuse !== undefined);
  let done = 0;
  await inLanes(refused, async ({ id, file }) => {
    await act(run, staff.secretary, `/proposals/${id}/actions/propose-refusal`, file.refuse);
    await act(run, staff.decider, `/proposals/${id}/actions/refuse`);
    tell('refused before review', ++done, refused.length);
  });
  return refused.length;
}
