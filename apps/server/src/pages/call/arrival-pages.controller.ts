import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { readArrivals } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { formatCents } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { Pages } from '../pages.js';
import { arrivalView } from './arrival.view.js';
import { CallCases, isInOrderOfArrival } from './call-case.js';
import { Layers } from './lay-before.js';

/** The order in which proposals were complete, and how far the money reaches down it. Staff of the region alone. */
@ApiExcludeController()
@Controller('rondes/:id/volgorde')
@Policy('by-scope')
export class ArrivalPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly layers: Layers,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.readForStaff(id, request, async (tx, { call, rules, situation }) => {
      if (!isInOrderOfArrival(rules)) throw new SubjectNotFound('order of arrival', id);
      const language = languageOf(request);
      const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
        this.pages.say(request, key, values);
      const euro = (cents: number): string => formatCents(BigInt(cents), language).replace(/[,.]00$/, '');
      const arrivals = await readArrivals(tx, id);
      const has = (phase: string): boolean => arrivals.rows.some((row) => row.phase === phase);
      const isChair = situation.roles.includes('chair') && has('ranked');
      const title = say('arrival.title');
      this.pages.show(request, reply, {
        view: 'arrival',
        title,
        region: rules.regulation.label[language],
        crumbs: [
          { href: '/rondes', label: say('layout.nav-calls') },
          { href: `/rondes/${id}`, label: call.name[language] },
          { label: title },
        ],
        model: {
          ...{ call, name: call.name[language], ...arrivalView(arrivals, { language, say, euro }) },
          mayLay: isChair || (situation.roles.includes('secretary') && has('advised')),
          layText: isChair ? 'ranking.advise-all' : 'ranking.lay-before',
        },
      });
    });
  }

  /** What would be laid before the chair or the decider, to look at before it is done. */
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
}
