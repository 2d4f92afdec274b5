import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, type Engine } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import { initialState } from '#lib/workflow';
import { readCall, type CallView, type FrozenRules } from '#lib/regulation';
import { judgeProposal, type IntakeRequest, type WrittenProposal } from './write-proposal.js';

/** The call has ended or its decisions are announced; it takes no proposals any more. */
export class CallTakesNoProposals extends DomainError {
  readonly code = 'call-takes-no-proposals';
  constructor(call: string) {
    super('This call takes no proposals any more.', { call });
  }
}

const NEXT = {
  name: 'next-proposal-number',
  text: `insert into proposal_counter (call_id, region, last) values ($1, $2, 1)
    on conflict (call_id) do update set last = proposal_counter.last + 1 returning last`,
};
const INSERT = {
  name: 'create-proposal',
  text: `insert into proposal (id, region, call_id, number, title, lead_applicant, organisation, content, content_hash, complete, eligible,
    eligibility, workflow, state, phase, repairable, lead_institution)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
};

/** Begins a draft in a published call. After closing too: a late proposal is taken in, and people decide about it. */
export class CreateProposal {
  constructor(
    private readonly database: Database,
    private readonly engine: Engine,
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns the proposal's id; `also` writes what belongs to it in the same transaction. Throws SubjectNotFound, CallTakesNoProposals, KeyUsedForAnother. */
  async execute(
    callId: string,
    written: WrittenProposal,
    request: IntakeRequest,
    also: (tx: Transaction, id: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<string> {
    const { actorId, region, key, receivedAt } = request;
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const call = await readCall(tx, callId);
      if (call === null || call.phase === 'preparing') throw new SubjectNotFound('call', callId);
      if (call.phase === 'announced' || call.phase === 'ended') throw new CallTakesNoProposals(call.number);
      await this.insert(tx, { id, call, written, actorId });
      await this.engine.begin(tx, {
        subject: { kind: 'proposal', id },
        actor: { id: actorId, regions: [region] },
        receivedAt,
      });
      await also(tx, id);
      return id;
    });
  }

  private async insert(tx: Transaction, draft: Draft): Promise<void> {
    const { id, call, written, actorId } = draft;
    const { workflows } = await this.frozen.rules(call.rulesHash);
    const name = Object.keys(workflows).find((workflow) => workflows[workflow]?.subject === 'proposal') ?? '';
    const { state, phase } = initialState(await this.frozen.workflow(call.rulesHash, name));
    const form = await this.frozen.form(call.rulesHash);
    const plain = { ...written, content: form.tidied(form.withFilesOf({}, written.content)) };
    const judged = await judgeProposal(this.frozen, call.rulesHash, plain);
    const [row] = await tx.query<{ last: number }>(NEXT, [call.id, call.region]);
    const number = `${call.number}-${String(row?.last ?? 0).padStart(3, '0')}`;
    const { organisation, leadInstitution, content, contentHash, complete, repairable, eligible, eligibility } = judged;
    await tx.query(INSERT, [
      ...[id, call.region, call.id, number, written.title, actorId, organisation, content, contentHash],
      ...[complete, eligible, eligibility, name, state, phase, repairable, leadInstitution],
    ]);
  }
}

interface Draft {
  readonly id: string;
  readonly call: CallView;
  readonly written: WrittenProposal;
  readonly actorId: string;
}
