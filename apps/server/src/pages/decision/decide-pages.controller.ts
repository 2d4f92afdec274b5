import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, Policy, regionsOf } from '#lib/access';
import { Database } from '#lib/database';
import { listCallsToDecide, readBoard, type BoardRow, type CallToDecide } from '#lib/decision';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { EachMove, type WantedMove } from '../action/each-move.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';

interface Lying {
  readonly call: CallToDecide;
  readonly region: string;
  readonly rows: readonly BoardRow[];
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
      action: row.draft?.outcome === 'grant' ? 'grant' : 'refuse',
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
        const rows = await readBoard(tx, call.id);
        lying.push({
          call,
          region: call.region,
          rows: rows.filter(({ phase, draft }) => draft !== null && phase !== 'decided'),
        });
      }
      return lying;
    });
  }
}

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
      groundText: row.draft?.ground == null ? null : `action.choice.${row.draft.ground}`,
      isOwn: row.draft?.preparedBy === me,
      deviates:
        row.advice !== null &&
        row.draft !== null &&
        (row.advice.outcome !== row.draft.outcome || row.advice.amountCents !== row.draft.amountCents),
    })),
  };
}
