import type { Database } from '#lib/database';
import { SubjectNotFound, type Engine } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import type { CreateProposal } from '../create-proposal.js';
import { CallOfAnotherRegion } from './initiative-errors.js';
import { readInitiative, type InitiativeView } from './read-initiatives.js';

interface Asked {
  readonly actorId: string;
  readonly receivedAt: Instant;
  readonly region: string;
  /** Region of the call that is chosen. */
  readonly callRegion: string;
}

const MATCHED = {
  name: 'matched-offers',
  text: `select o.organisation as name, o.kind from offer_match m join help_offer o on o.id = m.offer_id
    where m.initiative_id = $1 order by m.matched_at`,
};
const LINK = {
  name: 'link-initiative-to-proposal',
  text: `update initiative set proposal_id = coalesce(proposal_id, $2) where id = $1 and started_by = app.actor() returning proposal_id as "proposalId"`,
};

/** Goes on with an initiative as a proposal: everything that was written, and the partners that were found, go along. */
export class ConvertInitiative {
  constructor(
    private readonly database: Database,
    private readonly engine: Engine,
    private readonly creating: CreateProposal,
  ) {}

  /** Returns the proposal's id, the same one however often it is asked. Throws SubjectNotFound, MoveRefused, CallOfAnotherRegion, CallTakesNoProposals. */
  async execute(id: string, callId: string, { actorId, receivedAt, region, callRegion }: Asked): Promise<string> {
    const scope = { regions: [region], actor: actorId };
    const { initiative, partners } = await this.database.unit({ ...scope, readOnly: true }, async (tx) => ({
      initiative: await readInitiative(tx, id),
      partners: await tx.query<{ name: string; kind: string }>(MATCHED, [id]),
    }));
    if (initiative === null || !initiative.isOwn) throw new SubjectNotFound('initiative', id);
    if (initiative.proposalId !== null) return initiative.proposalId;
    if (callRegion !== region) throw new CallOfAnotherRegion();
    const move = {
      subject: { kind: 'initiative', id },
      action: 'convert',
      actor: { id: actorId, regions: [region] },
      receivedAt,
    };
    const actions = await this.engine.actionsFor(move.subject, move.actor, receivedAt);
    // A refusal comes before the draft: nothing is left behind.
    if (!actions.some(({ action, allowed }) => action === 'convert' && allowed)) await this.engine.act(move);
    const key = { personId: actorId, route: 'initiative.convert', key: `initiative-${id}`, bodyHash: id };
    const written = { title: initiative.title, content: contentOf(initiative, partners) };
    const proposalId = await this.creating.execute(callId, written, { actorId, region, receivedAt, key });
    await this.engine.act(move);
    await this.database.unit(scope, (tx) => tx.query(LINK, [id, proposalId]));
    return proposalId;
  }
}

function contentOf(
  { content }: InitiativeView,
  partners: readonly { readonly name: string; readonly kind: string }[],
): Record<string, unknown> {
  const { what, forWhom, wantedPartners, school } = content;
  const approach = wantedPartners === '' ? {} : { approach: wantedPartners };
  return {
    ...(what === '' ? {} : { summary: what }),
    answers: { ...(forWhom === '' ? {} : { goal: forWhom }), ...approach },
    ...(school === null
      ? {}
      : {
          lead: { kind: 'ORGANISATION', name: school.name, institution: school.site.slice(0, 4) },
          schools: [{ ...school, brin: school.site.slice(0, 4), level: 'PO', affiliated: true }],
        }),
    ...(partners.length === 0 ? {} : { partners: partners.map((partner) => ({ ...partner, benefitCents: 0 })) }),
  };
}
