import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { WriteParties } from '#lib/intake';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { NOT_SOUGHT } from '../search-box.js';
import { partiesView } from './parties.view.js';
import { PartyCases } from './party-case.js';
import { fieldOf, partyIn } from './party-form.js';
import { PartySearches, type PartySearch } from './party-search.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Shown extends Partial<PartySearch> {
  readonly errors?: readonly FieldError[];
}

/** Who takes part in a proposal, and whether they said so themselves (I5). */
@ApiExcludeController()
@Controller('aanvragen/:id/partijen')
@Policy('by-scope')
export class PartyPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: PartyCases,
    private readonly searches: PartySearches,
    private readonly writing: WriteParties,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(id, { request, reply }, {});
  }

  @Post()
  async add(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = fieldsOf(request);
    const search = await this.searches.run(fields, this.pages.say.bind(this.pages, request));
    if (search !== null) {
      await this.page(id, { request, reply }, search);
      return;
    }
    const { written, errors } = partyIn(fields, languageOf(request), (key) => this.pages.say(request, key));
    if (errors.length > 0) {
      await this.page(id, { request, reply }, { fields, errors });
      return;
    }
    const place = await this.cases.placeOf(id, request);
    try {
      const party = await this.writing.add(id, written, place);
      if (fields['_action'] === 'ask')
        await this.writing.ask({ proposalId: id, id: party }, { ...place, applicant: request.viewer?.name ?? '' });
      void reply.redirect(`/aanvragen/${id}/partijen`, 303);
    } catch (error) {
      const { code, message } = repairableFaultOf(error, request);
      await this.page(id, { request, reply }, { fields, errors: [{ id: fieldOf(code), message }] });
    }
  }

  @Post(':party/vraag')
  async ask(
    @Param('id', IdPipe) id: string,
    @Param('party', IdPipe) party: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const place = await this.cases.placeOf(id, request);
    try {
      await this.writing.ask({ proposalId: id, id: party }, { ...place, applicant: request.viewer?.name ?? '' });
      void reply.redirect(`/aanvragen/${id}/partijen`, 303);
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      await this.page(id, { request, reply }, { errors: [{ id: party, message }] });
    }
  }

  @Post(':party/weg')
  async remove(
    @Param('id', IdPipe) id: string,
    @Param('party', IdPipe) party: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.writing.remove({ proposalId: id, id: party }, await this.cases.placeOf(id, request));
      void reply.redirect(`/aanvragen/${id}/partijen`, 303);
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      await this.page(id, { request, reply }, { errors: [{ id: party, message }] });
    }
  }

  private async page(
    id: string,
    { request, reply }: Exchange,
    { fields = {}, errors = [], search = NOT_SOUGHT }: Shown,
  ): Promise<void> {
    const party = await this.cases.read(id, request);
    const say = (key: string): string => this.pages.say(request, key);
    const title = say('party.title');
    this.pages.show(request, reply, {
      view: 'parties',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/aanvragen/${id}`, label: party.proposal.number }, { label: title }],
      model: {
        ...partiesView(party, fields, say),
        search,
        key: newFormKey(),
        errorFor: Object.fromEntries(errors.map((one) => [one.id, one.message])),
      },
    });
  }
}
