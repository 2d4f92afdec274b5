import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { AddAttachment, CreateProposal } from '#lib/intake';
import { RegisterObjection } from '#lib/decision';
import type { FoundSchool } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { contentOf, questionsToProve } from './demo-content.js';
import type { DemoNetwork } from './demo-network.js';
import type { CallInFile, ProposalInFile, Step } from './network-file.js';
import type { When } from './moment.js';
import { planParties } from './party-story.js';

/** A round while its story is told; its id is known once it exists. */
export interface StoryCall {
  id: string;
  readonly file: CallInFile;
}

/** An example of a proposal; ids are known once they exist. */
export interface StoryProposal {
  id: string;
  readonly file: ProposalInFile;
  readonly index: number;
  /** By reviewer: the person, how far it came, and the review. */
  readonly reviews: {
    readonly reviewer: string;
    readonly position: number;
    readonly scores: string;
    readonly id: string;
  }[];
}

/** When a step of the staff happens for this proposal. */
export function stepOf({ file: call }: StoryCall, { file }: StoryProposal, step: Step): When | undefined {
  return file.days?.[step] ?? call.days[step];
}

/** A refusal before review needs no reviewers. */
export function isRefusedBeforeReview({ file }: StoryProposal): boolean {
  return file.refusal !== undefined;
}

/** Whether the staff takes the proposal up at all. */
export function isTakenUp({ file }: StoryProposal): boolean {
  return file.submitted !== undefined && file.completion === undefined;
}

/** Plans what an applicant does, and how the secretary receives it. */
export function planProposal(network: DemoNetwork, call: StoryCall, proposal: StoryProposal): void {
  const { file } = proposal;
  const lead = network.person(file.applicant ?? network.parts.file.people.teacher);
  const { secretary } = network.staff;
  const act = (action: string, by: string, payload = {}): Promise<void> =>
    network.act({ kind: 'proposal', id: proposal.id }, action, by, payload);
  network.plan(file.begun ?? file.submitted, '19:30', async () => {
    proposal.id = await begin(network, call, proposal, lead);
  });
  planParties(network, proposal, lead);
  network.plan(file.submitted, '20:00', () => act('submit', lead));
  network.plan(file.completion, '10:00', () =>
    act('ask-completion', secretary, { missing: ['payee.iban'], note: 'Vul in op welke rekening het geld kan komen.' }),
  );
  if (isTakenUp(proposal))
    network.plan(stepOf(call, proposal, 'admitted'), '10:30', async () => {
      if (!isRefusedBeforeReview(proposal)) return act('admit', secretary);
      return act('propose-refusal', secretary, { ground: 'condition', reasons: file.refusal });
    });
  network.plan(file.withdrawn, '09:00', () => act('withdraw', lead));
  network.plan(file.objection?.at, '20:00', () => object(network, proposal, lead));
  network.plan(file.waived?.at, '20:00', () => act('waive', lead, { confirmed: true, reason: file.waived?.reason }));
}

async function begin(network: DemoNetwork, call: StoryCall, { file }: StoryProposal, lead: string): Promise<string> {
  const { database, round, schools, numbers } = network.parts;
  const taking = file.schools
    .map((site) => schools.get(site))
    .filter((school): school is FoundSchool => school !== undefined);
  const written = { title: file.title, content: contentOf(file, taking, numbers) };
  const creating = new CreateProposal(database, round.engine, round.frozen);
  const id = await creating.execute(call.id, written, await network.request(lead));
  await prove(network, { id, callId: call.id, content: written.content, lead });
  return id;
}

const PROOF = join(projectFolder(), 'config', 'demo', 'schoolplan.pdf');
const RULES = { name: 'rules-of-demo-call', text: 'select rules_hash as "rulesHash" from call where id = $1' };
const MOST_BYTES = 100_000;

interface Proven {
  readonly id: string;
  readonly callId: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly lead: string;
}

/** The applicant sends the page of the school plan where the form asks for a proof. */
async function prove(network: DemoNetwork, { id, callId, content, lead }: Proven): Promise<void> {
  const { database, round, files } = network.parts;
  const scope = { regions: [network.region], actor: lead, readOnly: true };
  const [call] = await database.unit(scope, (tx) => tx.query<{ rulesHash: string }>(RULES, [callId]));
  const form = await round.frozen.form(call?.rulesHash ?? '');
  const adding = new AddAttachment(database, round.frozen, { state: 'unscanned', ring: () => undefined });
  for (const path of questionsToProve(form, content)) {
    const stored = await files.receive(createReadStream(PROOF), MOST_BYTES, () => Promise.resolve());
    const file = { ...stored, path, name: 'schoolplan.pdf', mediaType: 'application/pdf' };
    await adding.execute(id, file, await network.request(lead));
  }
}

async function object(network: DemoNetwork, { id, file }: StoryProposal, lead: string): Promise<void> {
  const { database, round } = network.parts;
  const request = { ...(await network.request(lead)), key: network.key(lead, `objection-${file.key}`) };
  await new RegisterObjection(database, round.messageIds).execute(id, file.objection?.reasons ?? '', request);
}
