import { AnswerPart, WriteParties, type WrittenParty } from '#lib/intake';
import type { DemoNetwork } from './demo-network.js';
import type { PartyInFile } from './network-file.js';
import type { StoryProposal } from './proposal-story.js';

/** Plans that a lead applicant lists a partner and asks it to confirm its part, and that the partner does. */
export function planParties(network: DemoNetwork, proposal: StoryProposal, lead: string): void {
  const { database, round, file, links } = network.parts;
  for (const party of proposal.file.parties ?? []) {
    let token = '';
    const linkTo = (made: string): string => {
      token = made;
      return links.party(made);
    };
    const parties = new WriteParties(database, round.frozen, { messageIds: round.messageIds, linkTo });
    network.plan(party.asked, '10:00', async () => {
      const place = { actorId: lead, region: network.region, receivedAt: await database.now() };
      const id = await parties.add(proposal.id, writtenOf(party, network.region), place);
      await parties.ask(
        { proposalId: proposal.id, id },
        { ...place, applicant: proposal.file.applicant ?? file.people.teacher },
      );
    });
    network.plan(party.confirmed, '11:00', () =>
      new AnswerPart(database, round.frozen, round.messageIds).answer(token, {
        kind: 'confirm',
        name: party.contactName,
        position: 'Directeur',
      }),
    );
  }
}

function writtenOf({ role, organisation, contactName, task, hours }: PartyInFile, region: string): WrittenParty {
  const email = `${organisation.toLowerCase().replace(/[^a-z]+/g, '-')}@partners-${region}.example`;
  // what the hours are worth follows from the regulation
  const part = { task, cashCents: null, hours, inKindCents: null };
  return { role, organisation, contactName, email, language: 'nl', institution: null, part };
}
