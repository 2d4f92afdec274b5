import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import {
  ConsultRegion,
  listInitiatives,
  listOpenInitiatives,
  MatchOffer,
  NATIONAL,
  type OpenInitiative,
} from '#lib/intake';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf, viewerOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { Desks } from '../contact/desks.js';
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
    private readonly desks: Desks,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('netwerk') network: unknown,
    @Query('zoek') sought: unknown,
  ): Promise<void> {
    const filter = { network: textOf(network), words: textOf(sought) };
    const everywhere = await this.subjects.readEverywhere((tx) => listOpenInitiatives(tx));
    const own = (await this.subjects.readAround(viewerOf(request), (tx) => listInitiatives(tx))) ?? [];
    const title = this.pages.say(request, 'layout.nav-initiatives');
    const items = own.map((one) => ({ ...one, text: `initiative.phase-${one.phase}` }));
    this.pages.show(request, reply, {
      view: 'initiatives',
      title,
      model: {
        ...{ own: items.filter(({ isOwn }) => isOwn), desk: items.filter(({ isOwn }) => !isOwn) },
        ...{ open: everywhere.filter((one) => isSought(one, filter)), filter, isAny: everywhere.length > 0 },
        networks: (await this.desks.all(request))
          .filter(({ region }) => region !== NATIONAL)
          .map(({ region, name }) => ({ value: region, name, on: region === filter.network })),
      },
    });
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, 100) : '';
}

/** In the network, when one was chosen, and with every word that was typed in what may be read of it. */
function isSought(
  { region, title, shown }: OpenInitiative,
  { network, words }: { readonly network: string; readonly words: string },
): boolean {
  const text = `${title} ${shown.what ?? ''} ${shown.wantedPartners ?? ''} ${shown.school?.name ?? ''} ${shown.school?.place ?? ''}`;
  const plain = text.toLowerCase();
  const isThere = words.split(/\s+/).every((word) => plain.includes(word.toLowerCase()));
  return isThere && (network === '' || network === region);
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
