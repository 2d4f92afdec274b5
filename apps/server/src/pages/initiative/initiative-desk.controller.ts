import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { ConsultRegion, listInitiatives, listOpenInitiatives, MatchOffer } from '#lib/intake';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf, viewerOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { fieldsOf } from '../form-fields.js';
import { Pages } from '../pages.js';

/** All initiatives: one's own, those on the desk, and what looks for partners. */
@ApiExcludeController()
@Controller('initiatieven')
@Policy('public')
export class InitiativeListController {
  constructor(
    private readonly pages: Pages,
    private readonly subjects: Subjects,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const open = await this.subjects.readEverywhere((tx) => listOpenInitiatives(tx));
    const own = (await this.subjects.readAround(viewerOf(request), (tx) => listInitiatives(tx))) ?? [];
    const title = this.pages.say(request, 'layout.nav-initiatives');
    const items = own.map((one) => ({ ...one, text: `initiative.phase-${one.phase}` }));
    this.pages.show(request, reply, {
      view: 'initiatives',
      title,
      model: { own: items.filter(({ isOwn }) => isOwn), desk: items.filter(({ isOwn }) => !isOwn), open },
    });
  }
}

/** What the desk does with an initiative besides moving it: match an offer, ask another network. */
@ApiExcludeController()
@Controller('initiatieven/:id')
@Policy('by-scope')
export class InitiativeDeskController {
  constructor(
    private readonly subjects: Subjects,
    private readonly matching: MatchOffer,
    private readonly consulting: ConsultRegion,
  ) {}

  @Post('koppelen')
  async match(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const region = await this.subjects.regionOf('initiative', id);
    await this.matching.execute(viewerOf(request), region, {
      initiativeId: id,
      offerId: fieldsOf(request)['offer'] ?? '',
    });
    void reply.redirect(`/initiatieven/${id}`, 303);
  }

  @Post('raadplegen')
  async consult(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lead = await this.subjects.regionOf('initiative', id);
    await this.consulting.ask(viewerOf(request), { id, lead, region: fieldsOf(request)['region'] ?? '' });
    void reply.redirect(`/initiatieven/${id}`, 303);
  }

  @Post('antwoord')
  async answer(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { region = '', text = '' } = fieldsOf(request);
    if (text.trim() !== '') await this.consulting.answer(viewerOf(request), { id, region, text: text.trim() });
    void reply.redirect(personOf(request) === '' ? '/' : `/initiatieven/${id}`, 303);
  }
}
