import { MatchOffer, OfferHelp, StartInitiative } from '#lib/intake';
import type { DemoNetwork } from './demo-network.js';
import type { InitiativeInFile, OfferInFile } from './network-file.js';

/** Plans the initiatives at the desk of a network, the offers of help, and what the desk did with them. */
export function planInitiatives(network: DemoNetwork): void {
  const { file } = network.parts;
  const offers = new Map<string, string>();
  for (const offer of file.offers ?? [])
    network.plan(offer.at, '12:00', async () => void offers.set(offer.key, await makeOffer(network, offer)));
  for (const initiative of file.initiatives ?? []) planInitiative(network, initiative, offers);
}

function planInitiative(network: DemoNetwork, initiative: InitiativeInFile, offers: ReadonlyMap<string, string>): void {
  const owner = network.person(initiative.who);
  const { secretary } = network.staff;
  const { matched, supported, ready } = initiative;
  let id = '';
  const act = (action: string, by: string, payload = {}): Promise<void> =>
    network.act({ kind: 'initiative', id }, action, by, payload);
  network.plan(initiative.started, '15:00', async () => {
    id = await start(network, initiative, owner);
    await act('register', owner);
  });
  network.plan(matched?.at, '11:00', async () => {
    const { database, round } = network.parts;
    const pair = { initiativeId: id, offerId: offers.get(matched?.offer ?? '') ?? '' };
    await new MatchOffer(database, round.messageIds).execute(
      network.viewer(secretary, 'secretary'),
      network.region,
      pair,
    );
    await act('match', secretary, { answer: matched?.answer });
  });
  network.plan(supported?.at, '10:00', () => act('support', secretary, { answer: supported?.answer }));
  network.plan(ready?.at, '10:00', () => act('declare-ready', secretary, { answer: ready?.answer }));
}

async function start(network: DemoNetwork, initiative: InitiativeInFile, owner: string): Promise<string> {
  const { database, round, schools } = network.parts;
  const { title, what, forWhom, needs, wantedPartners, contact, consent } = initiative;
  const found = schools.get(initiative.school);
  const school =
    found === undefined ? null : { site: found.site, name: found.name, place: found.place, province: found.province };
  const content = { what, forWhom, needs, theme: 'wt' as const, wantedPartners, school, contact };
  const starting = new StartInitiative(database, round.engine, round.frozen);
  return starting.execute({ title, content, consent }, await network.request(owner));
}

/** An offer counts once the link in its mail was used. */
async function makeOffer(network: DemoNetwork, offer: OfferInFile): Promise<string> {
  const { database, round, links } = network.parts;
  let token = '';
  const linkTo = (made: string): string => {
    token = made;
    return links.offer(made);
  };
  const offers = new OfferHelp(database, { messageIds: round.messageIds, linkTo });
  const { organisation, contactName, kind, what, amount, description } = offer;
  const email = `${organisation.toLowerCase().replace(/[^a-z]+/g, '-')}@partners-${network.region}.example`;
  const said = { organisation, contactName, kind, what, amount, description, email, language: 'nl' as const };
  const id = await offers.execute({ region: network.region, initiativeId: null, place: '', ...said }, null);
  await offers.confirm(token);
  return id;
}
