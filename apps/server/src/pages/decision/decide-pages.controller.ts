import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, Policy, regionsOf } from '#lib/access';
import { Database } from '#lib/database';
import { listCallsToDecide, readBoard, type BoardRow, type CallToDecide, type DraftOutcome } from '#lib/decision';
import { FrozenRules } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { EachMove, type WantedMove } from '../action/each-move.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';

interface Lying {
  readonly call: CallToDecide;
  readonly region: string;
  readonly rows: readonly DraftedRow[];
}

/** A proposal whose draft waits for the decider, with the act that takes it. */
interface DraftedRow extends BoardRow {
  readonly act: string;
}

/** What lies before the decider (B1). Nobody else decides: the workflow refuses every other role. */
@ApiExcludeController()
@Controller('besluiten')
@Policy('deciders')
export class DecidePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly database: Database,
    private readonly moves: EachMove,
    private readonly frozen: FrozenRules,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const me = personOf(request);
    const lying = await this.lying(request);
    const title = this.pages.say(request, 'layout.nav-decide');
    this.pages.show(request, reply, {
      view: 'decide',
      title,
      model: { calls: lying.map((one) => callView(one, language, me)), key: newFormKey() },
    });
  }

  /** What was ticked, to look at once more; `_action=decide` on that page does it. */
  @Post()
  async decide(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const ticked = (await this.lying(request)).flatMap(({ region, rows }) =>
      rows
        .filter(({ id, draft }) => draft !== null && fields[`besluit.${id}`] !== undefined)
        .map((row) => ({ row, region })),
    );
    if (fields['_action'] !== 'decide' || ticked.length === 0) {
      const title = this.pages.say(request, 'decide.check-title');
      const model = {
        rows: ticked.map(({ row }) => row),
        sum: ticked.reduce((sum, { row }) => sum + (row.draft?.amountCents ?? 0), 0),
        key: newFormKey(),
      };
      this.pages.show(request, reply, {
        view: 'decide-check',
        title,
        crumbs: [{ href: '/besluiten', label: this.pages.say(request, 'layout.nav-decide') }, { label: title }],
        model,
      });
      return;
    }
    const wanted = ticked.map(({ row, region }): WantedMove => ({
      kind: 'proposal',
      id: row.id,
      region,
      action: row.act,
      payload: {},
    }));
    const refused = await this.moves.make(wanted, request);
    if (refused.length === 0) {
      void reply.redirect('/besluiten', 303);
      return;
    }
    const items = refused.map(({ id, why }) => `${ticked.find(({ row }) => row.id === id)?.row.number ?? ''}: ${why}`);
    const title = this.pages.say(request, 'ranking.not-all');
    this.pages.show(request, reply, {
      view: 'message',
      title,
      status: 409,
      model: { text: '', items, back: '/besluiten', backLabel: this.pages.say(request, 'layout.nav-decide') },
    });
  }

  private async lying(request: FastifyRequest): Promise<readonly Lying[]> {
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

/** By which acts a draft becomes a decision. */
const ACTS: Readonly<Record<DraftOutcome, readonly string[]>> = {
  ...{ grant: ['grant', 'promote'], refuse: ['refuse'], 'not-process': ['not-process'] },
};

function callView({ call, rows }: Lying, language: 'nl' | 'en', me: string): object {
  const asked = rows.reduce((sum, { draft }) => sum + (draft?.amountCents ?? 0), 0);
  return {
    ...{ id: call.id, name: call.name[language], number: call.number, ceilingCents: call.ceilingCents },
    ...{
      leftCents: call.ceilingCents - call.awardedCents,
      askedCents: asked,
      isTooMuch: asked > call.ceilingCents - call.awardedCents,
    },
    rows: rows.map((row) => ({
      ...row,
      isGrant: row.draft?.outcome === 'grant',
      outcomeText: `decide.${row.act === 'promote' ? 'promote' : (row.draft?.outcome ?? '')}`,
      groundText: row.draft?.ground == null ? null : `action.choice.${row.draft.ground}`,
      isOwn: row.draft?.preparedBy === me,
      deviates:
        row.advice !== null &&
        row.draft !== null &&
        (row.advice.outcome !== row.draft.outcome || row.advice.amountCents !== row.draft.amountCents),
    })),
  };
}
