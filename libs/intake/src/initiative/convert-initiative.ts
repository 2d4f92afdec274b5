import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, type Engine } from '#lib/engine';
import type { Instant, Language } from '#lib/kernel';
import { isOpenAt, readCall, type CallView, type FrozenRules } from '#lib/regulation';
import type { CreateProposal } from '../create-proposal.js';
import { assertFits, fitOf, type CallFit } from '../reuse/fit-call.js';
import { CallIsNotOpen } from '../reuse/reuse-proposal.js';
import { CallOfAnotherRegion } from './initiative-errors.js';
import { NATIONAL } from './initiative-content.js';
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
  text: `select o.organisation as name, o.kind, o.contact_name as "contactName", o.email::text, o.language,
      trim(concat_ws(' ', o.amount, o.description)) as task from offer_match m join help_offer o on o.id = m.offer_id
    where m.initiative_id = $1 order by m.matched_at`,
};
/** Who offered help takes part, and confirms its own part when it is asked. */
const PARTY = {
  name: 'party-of-an-offer',
  text: `insert into party (region, proposal_id, role, organisation, contact_name, email, language, part)
    values ($1, $2, 'partner', $3, $4, $5, $6, $7)`,
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
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns the proposal's id, the same one however often it is asked. Throws SubjectNotFound, MoveRefused, CallOfAnotherRegion, CallIsNotOpen, ProposalDoesNotFitCall. */
  async execute(id: string, callId: string, { actorId, receivedAt, region, callRegion }: Asked): Promise<string> {
    const scope = { regions: [region, NATIONAL], actor: actorId };
    const { initiative, partners } = await this.database.unit({ ...scope, readOnly: true }, async (tx) => ({
      initiative: await readInitiative(tx, id),
      partners: await tx.query<Found>(MATCHED, [id]),
    }));
    if (initiative === null || !initiative.isOwn) throw new SubjectNotFound('initiative', id);
    if (initiative.proposalId !== null) return initiative.proposalId;
    // An initiative of the national desk has no network yet: it goes on in the one that its initiator chooses.
    if (callRegion !== region && region !== NATIONAL) throw new CallOfAnotherRegion();
    const written = { title: initiative.title, content: contentOf(initiative, partners) };
    await this.assertGoesOn(callId, { callRegion, actorId, receivedAt }, written);
    const move = {
      subject: { kind: 'initiative', id },
      action: 'convert',
      actor: { id: actorId, regions: [region] },
      receivedAt,
    };
    const actions = await this.engine.reader.actionsFor(move.subject, move.actor, receivedAt);
    // A refusal comes before the draft: nothing is left behind.
    if (!actions.some(({ action, allowed }) => action === 'convert' && allowed)) await this.engine.act(move);
    const key = { personId: actorId, route: 'initiative.convert', key: `initiative-${id}`, bodyHash: id };
    const request = { actorId, region: callRegion, receivedAt, key };
    const proposalId = await this.creating.execute(callId, written, request, (tx, proposal) =>
      listPartners(tx, { region: callRegion, proposal, partners }),
    );
    await this.engine.act(move);
    await this.database.unit(scope, (tx) => tx.query(LINK, [id, proposalId]));
    return proposalId;
  }

  /** How an own initiative fits a call, by what would go along. */
  async fit({ title, content }: InitiativeView, call: Pick<CallView, 'rulesHash'>): Promise<CallFit> {
    return fitOf(this.frozen, call.rulesHash, { title, content: contentOf({ content }, []) });
  }

  private async assertGoesOn(
    callId: string,
    { callRegion, actorId, receivedAt }: Pick<Asked, 'callRegion' | 'actorId' | 'receivedAt'>,
    written: { readonly title: string; readonly content: Readonly<Record<string, unknown>> },
  ): Promise<void> {
    const scope = { regions: [callRegion], actor: actorId, readOnly: true };
    const call = await this.database.unit(scope, (tx) => readCall(tx, callId));
    if (call === null) throw new SubjectNotFound('call', callId);
    if (!isOpenAt(call, receivedAt)) throw new CallIsNotOpen(call.number);
    await assertFits(this.frozen, call, written);
  }
}

/** A partner that the desk matched. */
interface Found {
  readonly name: string;
  readonly kind: string;
  readonly contactName: string;
  readonly email: string;
  readonly language: Language;
  readonly task: string;
}

async function listPartners(
  tx: Transaction,
  { region, proposal, partners }: { region: string; proposal: string; partners: readonly Found[] },
): Promise<void> {
  for (const { name, contactName, email, language, task } of partners) {
    const part = { task, cashCents: null, hours: null, inKindCents: null };
    await tx.query(PARTY, [region, proposal, name, contactName, email, language, JSON.stringify(part)]);
  }
}

function contentOf({ content }: Pick<InitiativeView, 'content'>, partners: readonly Found[]): Record<string, unknown> {
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
    ...(partners.length === 0 ? {} : { partners: partners.map(({ name, kind }) => ({ name, kind, benefitCents: 0 })) }),
  };
}
