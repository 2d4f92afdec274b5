import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit, type RequestKey } from '#lib/engine';
import { DomainError, type Instant } from '#lib/kernel';
import { isOpenAt, readCall, type CallView, type FrozenRules } from '#lib/regulation';
import type { CreateProposal } from '../create-proposal.js';
import { listParties } from '../party/list-parties.js';
import type { PartyView } from '../party/party.js';
import { readProposal, type ProposalView } from '../read-proposals.js';
import { carryOver, type LeftOut } from './carry-over.js';
import { assertFits, fitOf, type CallFit } from './fit-call.js';

/** A proposal that is still being written or judged is used again only when it is over. */
export class ProposalIsNotOver extends DomainError {
  readonly code = 'proposal-is-not-over';
  constructor(number: string) {
    super('This proposal is not over yet.', { number });
  }
}

/** The chosen call takes no proposals now. */
export class CallIsNotOpen extends DomainError {
  readonly code = 'call-is-not-open';
  constructor(call: string) {
    super('This call is not open now.', { call });
  }
}

interface Asked {
  readonly actorId: string;
  readonly receivedAt: Instant;
  readonly key: RequestKey;
  /** Region of the earlier proposal, and of the chosen call. */
  readonly region: string;
  readonly callRegion: string;
}

const ORIGIN = {
  name: 'write-proposal-origin',
  text: `insert into proposal_origin (proposal_id, region, source_id, source_number, left_out, parties) values ($1, $2, $3, $4, $5, $6)`,
};
/** Whoever confirmed the earlier part has not confirmed this one. */
const PARTIES = {
  name: 'carry-parties-over',
  text: `insert into party (region, proposal_id, role, organisation, contact_name, email, language, part, institution)
    select $1, $2, role, organisation, contact_name, email, language, part, institution from jsonb_to_recordset($3::jsonb)
      as t(role text, organisation text, contact_name text, email text, language text, part jsonb, institution text)`,
};

/** Begins a draft in another open call with what an earlier own proposal holds and the new form still asks. */
export class ReuseProposal {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly creating: CreateProposal,
  ) {}

  /** Returns the id of the draft. Throws SubjectNotFound, ProposalIsNotOver, CallIsNotOpen, ProposalDoesNotFitCall, KeyUsedForAnother. */
  async execute(sourceId: string, callId: string, asked: Asked): Promise<string> {
    const { actorId, receivedAt, key, region, callRegion } = asked;
    const { source, parties } = await this.read(sourceId, asked);
    const call = await this.openCall(callId, asked);
    const [from, to] = [await this.frozen.form(source.rulesHash), await this.frozen.form(call.rulesHash)];
    const { content, leftOut } = carryOver(source, from, to);
    const written = { title: source.title, content };
    await assertFits(this.frozen, call, written);
    return this.creating.execute(callId, written, { actorId, region: callRegion, receivedAt, key }, async (tx, id) => {
      await write(tx, { id, region: callRegion, source, parties, leftOut });
      const data = { source: sourceId, from: region };
      await writeAudit(tx, {
        ...{ region: callRegion, actor: actorId, act: 'proposal.use-again' },
        ...{ subjectKind: 'proposal', subjectId: id, data },
      });
    });
  }

  /** How an own proposal fits a call, by what would go along. */
  async fit(source: ProposalView, call: Pick<CallView, 'rulesHash'>): Promise<CallFit> {
    const [from, to] = [await this.frozen.form(source.rulesHash), await this.frozen.form(call.rulesHash)];
    const { content } = carryOver(source, from, to);
    return fitOf(this.frozen, call.rulesHash, { title: source.title, content });
  }

  private async read(
    id: string,
    { region, actorId }: Asked,
  ): Promise<{ source: ProposalView; parties: readonly PartyView[] }> {
    return this.database.unit({ regions: [region], actor: actorId, readOnly: true }, async (tx) => {
      const source = await readProposal(tx, id);
      if (source?.isOwn !== true) throw new SubjectNotFound('proposal', id);
      if (!isOver(source)) throw new ProposalIsNotOver(source.number);
      return { source, parties: await listParties(tx, id) };
    });
  }

  private async openCall(id: string, { callRegion, actorId, receivedAt }: Asked): Promise<CallView> {
    const scope = { regions: [callRegion], actor: actorId, readOnly: true };
    const call = await this.database.unit(scope, (tx) => readCall(tx, id));
    if (call === null) throw new SubjectNotFound('call', id);
    if (!isOpenAt(call, receivedAt)) throw new CallIsNotOpen(call.number);
    return call;
  }
}

/** Withdrawn, expired, thrown away or not processed; or decided, from the announcement on: before it, the answer would tell the outcome. */
export function isOver({ phase, outcome }: Pick<ProposalView, 'phase' | 'outcome'>): boolean {
  return phase === 'ended' || (phase === 'decided' && outcome !== null);
}

interface Draft {
  readonly id: string;
  readonly region: string;
  readonly source: ProposalView;
  readonly parties: readonly PartyView[];
  readonly leftOut: readonly LeftOut[];
}

async function write(tx: Transaction, { id, region, source, parties, leftOut }: Draft): Promise<void> {
  await tx.query(ORIGIN, [id, region, source.id, source.number, JSON.stringify(leftOut), parties.length]);
  if (parties.length === 0) return;
  const rows = parties.map(({ role, organisation, contactName, email, language, part, institution }) => ({
    ...{ role, organisation, contact_name: contactName, email, language, part, institution },
  }));
  await tx.query(PARTIES, [region, id, JSON.stringify(rows)]);
}
