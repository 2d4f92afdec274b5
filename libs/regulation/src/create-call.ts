import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import { claimKey, type Engine, type RequestKey } from '#lib/engine';
import { DomainError, type Instant, type Text } from '#lib/kernel';
import { initialState } from '#lib/workflow';
import type { FrozenRules } from './frozen-rules.js';
import { callParameters } from './pack.js';
import { nextTranche } from './tranches.js';
import { regulationInForce } from './regulation-in-force.js';

export interface NewCall {
  readonly region: string;
  readonly programme: string;
  /** Unique in the region: `2027-1`. */
  readonly number: string;
  readonly name: Text;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** Hidden minutes after closing in which a proposal still counts as in time. */
  readonly graceMinutes: number;
}

export interface Request {
  readonly actorId: string;
  readonly receivedAt: Instant;
  readonly key?: RequestKey | undefined;
}

/** The region has a call with this number already. Choose another number. */
export class CallNumberTaken extends DomainError {
  readonly code = 'call-number-taken';
  constructor(number: string) {
    super('There is a call with this number already.', { number });
  }
}

/** A call must close after it opens. */
export class CallClosesBeforeItOpens extends DomainError {
  readonly code = 'call-closes-before-it-opens';
  constructor() {
    super('The closing must lie after the opening.');
  }
}

const INSERT = {
  name: 'create-call',
  text: `insert into call (id, region, regulation_id, number, name_nl, name_en, workflow, state, phase, opens_at, closes_at, grace_minutes, parameters,
      rules_hash, texts_hash, prepared_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (region, number) do nothing returning id`,
};

/** Prepares a call on the region's regulation; publishing it is a move of somebody else. */
export class CreateCall {
  constructor(
    private readonly database: Database,
    private readonly engine: Engine,
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns the call's id. Throws SubjectNotFound, CallNumberTaken, CallClosesBeforeItOpens, DistributionNotSupported, NoTrancheLeft, KeyUsedForAnother. */
  async execute(call: NewCall, request: Request): Promise<string> {
    if (Date.parse(call.closesAt) <= Date.parse(call.opensAt)) throw new CallClosesBeforeItOpens();
    const id = randomUUID();
    const scope = { regions: [call.region], actor: request.actorId };
    return this.database.unit(scope, async (tx) => {
      const claimed = request.key === undefined ? null : await claimKey(tx, request.key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      await this.insert(tx, id, call, request);
      const actor = { id: request.actorId, regions: [call.region] };
      await this.engine.begin(tx, { subject: { kind: 'call', id }, actor, receivedAt: request.receivedAt });
      return id;
    });
  }

  private async insert(tx: Transaction, id: string, call: NewCall, request: Request): Promise<void> {
    const { regulationId, regulation, pack, year, callWorkflow } = await regulationInForce(
      tx,
      call.region,
      call.programme,
    );
    const tranche = await nextTranche(tx, regulationId, regulation);
    await this.frozen.freeze(tx, pack);
    const { state, phase } = initialState(await this.frozen.workflow(pack.rulesHash, callWorkflow));
    const rows = await tx.query(INSERT, [
      ...[
        id,
        call.region,
        regulationId,
        call.number,
        call.name.nl,
        call.name.en,
        callWorkflow,
        state,
        phase,
        call.opensAt,
        call.closesAt,
      ],
      ...[
        call.graceMinutes,
        JSON.stringify(callParameters(regulation, year, tranche)),
        pack.rulesHash,
        pack.textsHash,
        request.actorId,
      ],
    ]);
    if (rows.length === 0) throw new CallNumberTaken(call.number);
  }
}
