import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { EachMove, type WantedMove } from '../action/each-move.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { DecideCases, type DraftedRow } from './decide-case.js';
import { callView } from './decide.view.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Ticked {
  readonly row: DraftedRow;
  readonly region: string;
}

/** What lies before the decider (B1). Nobody else decides: the workflow refuses every other role. */
@ApiExcludeController()
@Controller('besluiten')
@Policy('deciders')
export class DecidePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: DecideCases,
    private readonly moves: EachMove,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const me = personOf(request);
    const lying = await this.cases.read(request);
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
    const ticked = (await this.cases.read(request)).flatMap(({ region, rows }) =>
      rows.filter(({ id }) => fields[`besluit.${id}`] !== undefined).map((row) => ({ row, region })),
    );
    if (fields['_action'] !== 'decide' || ticked.length === 0) {
      this.check({ request, reply }, ticked);
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
    if (refused.length === 0) void reply.redirect('/besluiten', 303);
    else {
      const numberOf = (id: string): string => ticked.find(({ row }) => row.id === id)?.row.number ?? '';
      this.tell(
        { request, reply },
        refused.map(({ id, why }) => `${numberOf(id)}: ${why}`),
      );
    }
  }

  private check({ request, reply }: Exchange, ticked: readonly Ticked[]): void {
    const title = this.pages.say(request, 'decide.check-title');
    this.pages.show(request, reply, {
      ...{ view: 'decide-check', title },
      crumbs: [{ href: '/besluiten', label: this.pages.say(request, 'layout.nav-decide') }, { label: title }],
      model: {
        rows: ticked.map(({ row }) => row),
        sum: ticked.reduce((sum, { row }) => sum + (row.draft?.amountCents ?? 0), 0),
        key: newFormKey(),
      },
    });
  }

  /** What could not be decided, each with why. */
  private tell({ request, reply }: Exchange, items: readonly string[]): void {
    this.pages.show(request, reply, {
      ...{ view: 'message', title: this.pages.say(request, 'ranking.not-all'), status: 409 },
      model: { text: '', items, back: '/besluiten', backLabel: this.pages.say(request, 'layout.nav-decide') },
    });
  }
}
