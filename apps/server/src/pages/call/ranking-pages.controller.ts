import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { MakeRanking, newestRankingDocument, readBoard, readMargins, readStanding, type BoardRow } from '#lib/decision';
import { dateAndTime, DomainError, formatCents } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { viewerOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { formKeyOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { CallCases, isInOrderOfArrival } from './call-case.js';
import { Layers, waitsForAdvice } from './lay-before.js';
import { rankingView, SORTS, type Sort } from './ranking.view.js';

/** The ranking of a call and what is laid before whom (C7). Staff of the region alone. */
@ApiExcludeController()
@Controller('rondes/:id/rangschikking')
@Policy('by-scope')
export class RankingPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly making: MakeRanking,
    private readonly layers: Layers,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Query('volgorde') asked: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(id, { request, reply, sort: SORTS.find((one) => one === asked) ?? 'score', fault: null });
  }

  @Post()
  async make(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const { call } = await this.cases.read(id, request);
      await this.making.execute(viewerOf(request), { region: call.region, callId: id }, formKeyOf(request));
      void reply.redirect(`/rondes/${id}/rangschikking`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      await this.page(id, { request, reply, sort: 'score', fault: faultOf(error, request).message });
    }
  }

  /** What would be laid before the committee's chair or the decider, to look at before it is done. */
  @Get('voorleggen')
  async check(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.layers.show(id, request, reply);
  }

  @Post('voorleggen')
  async lay(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.layers.lay(id, request, reply);
  }

  private async page(id: string, { request, reply, sort, fault }: Shown): Promise<void> {
    await this.cases.readForStaff(id, request, async (tx, { call, rules, situation }) => {
      if (isInOrderOfArrival(rules)) {
        void reply.redirect(`/rondes/${id}/volgorde`, 303);
        return;
      }
      const language = languageOf(request);
      const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
        this.pages.say(request, key, values);
      const euro = (cents: number): string => formatCents(BigInt(cents), language).replace(/[,.]00$/, '');
      const title = say('ranking.title');
      const [rows, margins] = [await readBoard(tx, id), await readMargins(tx, id)];
      const standing = await readStanding(tx, id);
      const printed = await newestRankingDocument(tx, id);
      this.pages.show(request, reply, {
        view: 'ranking',
        title,
        region: rules.regulation.label[language],
        crumbs: [
          { href: '/rondes', label: say('layout.nav-calls') },
          { href: `/rondes/${id}`, label: call.name[language] },
          { label: title },
        ],
        model: {
          ...{ call, name: call.name[language], key: newFormKey() },
          mayRank: call.phase === 'in-review' || call.phase === 'submitted',
          ...rankingView({ rows, rules, margins, model: standing.model }, sort, { language, say, euro }),
          ...layView(rows, situation.roles, standing.rankingHolds),
          ...{ isOutdated: !standing.rankingHolds, moving: standing.moving.join(', '), hasPrint: printed !== null },
          rankedOn: standing.rankedAt === null ? '' : dateAndTime(language, standing.rankedAt),
        },
        ...(fault === null ? {} : { errors: [{ id: 'rang', message: fault }], status: 422 }),
      });
    });
  }
}

/** Who can go on now: the chair advises on what is ranked, the secretary lays before the board what was advised. */
function layView(rows: readonly BoardRow[], roles: readonly string[], rankingHolds: boolean): object {
  const advises = rankingHolds && roles.includes('chair') && rows.some(waitsForAdvice);
  const lays =
    roles.includes('secretary') &&
    rows.some(({ phase, draft, advice }) => phase === 'advised' && draft === null && advice?.holds !== false);
  return { mayLay: advises || lays, layText: advises ? 'ranking.advise-all' : 'ranking.lay-before' };
}

interface Shown {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly sort: Sort;
  readonly fault: string | null;
}
