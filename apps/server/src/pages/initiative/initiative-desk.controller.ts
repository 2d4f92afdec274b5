import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, Policy, regionsOf } from '#lib/access';
import { Database } from '#lib/database';
import { ConsultRegion, listInitiatives, listOpenInitiatives, MatchOffer } from '#lib/intake';
import { personOf, viewerOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { fieldsOf } from '../form-fields.js';
import { Pages } from '../pages.js';

const REGIONS = { name: 'all-regions', text: 'select code from region' };

/** All initiatives: one's own, those on the desk, and what looks for partners. */
@ApiExcludeController()
@Controller('initiatieven')
@Policy('public')
export class InitiativeListController {
  constructor(
    private readonly pages: Pages,
    private readonly database: Database,
    private readonly subjects: Subjects,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const actor = request.viewer?.id ?? null;
    const all = (await this.database.ask<{ code: string }>(REGIONS, [])).map(({ code }) => code);
    const open = await this.database.unit({ regions: all, actor, readOnly: true }, (tx) => listOpenInitiatives(tx));
    const own = actor === null ? [] : await this.mine(request, actor);
    const title = this.pages.say(request, 'layout.nav-initiatives');
    const items = own.map((one) => ({ ...one, text: `initiative.phase-${one.phase}` }));
    this.pages.show(request, reply, {
      view: 'initiatives',
      title,
      model: { own: items.filter(({ isOwn }) => isOwn), desk: items.filter(({ isOwn }) => !isOwn), open },
    });
  }

  private async mine(request: FastifyRequest, actor: string): Promise<Awaited<ReturnType<typeof listInitiatives>>> {
    const regions = [...new Set([...regionsOf(request.viewer ?? NOBODY), ...(await this.subjects.ofPerson(actor))])];
    return regions.length === 0
      ? []
      : this.database.unit({ regions, actor, readOnly: true }, (tx) => listInitiatives(tx));
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
    @Param('id', ParseUUIDPipe) id: string,
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
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lead = await this.subjects.regionOf('initiative', id);
    await this.consulting.ask(viewerOf(request), { id, lead, region: fieldsOf(request)['region'] ?? '' });
    void reply.redirect(`/initiatieven/${id}`, 303);
  }

  @Post('antwoord')
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { region = '', text = '' } = fieldsOf(request);
    if (text.trim() !== '') await this.consulting.answer(viewerOf(request), { id, region, text: text.trim() });
    void reply.redirect(personOf(request) === '' ? '/' : `/initiatieven/${id}`, 303);
  }
}
