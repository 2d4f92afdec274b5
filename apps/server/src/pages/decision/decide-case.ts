import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NOBODY, regionsOf } from '#lib/access';
import { Database } from '#lib/database';
import { listCallsToDecide, readBoard, type BoardRow, type CallToDecide, type DraftOutcome } from '#lib/decision';
import { FrozenRules } from '#lib/regulation';
import { personOf } from '../../edge/request-facts.js';

/** A call with the drafts that wait for its decider. */
export interface Lying {
  readonly call: CallToDecide;
  readonly region: string;
  readonly rows: readonly DraftedRow[];
}

/** A proposal whose draft waits for the decider, with the act that takes it. */
export interface DraftedRow extends BoardRow {
  readonly act: string;
}

/** By which acts a draft becomes a decision. */
const ACTS: Readonly<Record<DraftOutcome, readonly string[]>> = {
  ...{ grant: ['grant', 'promote'], refuse: ['refuse'], 'not-process': ['not-process'] },
};

/** What lies before a decider, over all regions in which the viewer decides. */
@Injectable()
export class DecideCases {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
  ) {}

  async read(request: FastifyRequest): Promise<readonly Lying[]> {
    const regions = regionsOf(request.viewer ?? NOBODY, ['decider']);
    return this.database.unit({ regions, actor: personOf(request), readOnly: true }, async (tx) => {
      const lying: Lying[] = [];
      for (const call of await listCallsToDecide(tx)) {
        const rows: DraftedRow[] = [];
        for (const row of await readBoard(tx, call.id)) {
          const act = await this.actOn(row, call.rulesHash);
          if (act !== null) rows.push({ ...row, act });
        }
        lying.push({ call, region: call.region, rows });
      }
      return lying;
    });
  }

  /** The act of the decider by which this draft becomes a decision in the state of its proposal; null when there is none. */
  private async actOn({ draft, workflow, state }: BoardRow, rulesHash: string): Promise<string | null> {
    if (draft === null) return null;
    const { definition } = await this.frozen.workflow(rulesHash, workflow);
    const actions = definition.states[state]?.actions ?? {};
    return ACTS[draft.outcome].find((act) => actions[act]?.by.includes('decider') === true) ?? null;
  }
}
