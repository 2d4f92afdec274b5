import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { WriteParties } from '#lib/intake';
import { PARTNER_KINDS } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { NOT_SOUGHT } from '../search-box.js';
import { partiesView } from './parties.view.js';
import { NameParticipant } from './name-participant.js';
import { fieldsOfParticipant } from './participants.view.js';
import { PartyCases, type PartyCase } from './party-case.js';
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
    private readonly naming: NameParticipant,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('deelnemer') participant?: string,
  ): Promise<void> {
    const found = await this.cases.read(id, request);
    this.page(found, { request, reply }, { fields: fieldsOfParticipant(found, participant) });
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
      await this.again(id, { request, reply }, search);
      return;
    }
    const { written, errors } = partyIn(fields, languageOf(request), (key) => this.pages.say(request, key));
    if (errors.length > 0) {
      await this.again(id, { request, reply }, { fields, errors });
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
      await this.again(id, { request, reply }, { fields, errors: [{ id: fieldOf(code), message }] });
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
      await this.again(id, { request, reply }, { errors: [{ id: party, message }] });
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
      await this.again(id, { request, reply }, { errors: [{ id: party, message }] });
    }
  }

  /** Puts a party among the schools and partners of the answers. */
  @Post(':party/noem')
  async name(
    @Param('id', IdPipe) id: string,
    @Param('party', IdPipe) party: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    const kind = PARTNER_KINDS.find((one) => one === fieldsOf(request)['kind']);
    const isNeeded = found.parties.some(({ id: of, role }) => of === party && role !== 'school');
    if (isNeeded && kind === undefined) {
      this.page(
        found,
        { request, reply },
        { errors: [{ id: party, message: this.pages.say(request, 'party.error-kind') }] },
      );
      return;
    }
    try {
      await this.naming.execute(found, party, kind ?? '', request);
      void reply.redirect(`/aanvragen/${id}/partijen#${party}`, 303);
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      await this.again(id, { request, reply }, { errors: [{ id: party, message }] });
    }
  }

  private async again(id: string, exchange: Exchange, shown: Shown): Promise<void> {
    this.page(await this.cases.read(id, exchange.request), exchange, shown);
  }

  private page(party: PartyCase, { request, reply }: Exchange, { fields = {}, errors = [], search = NOT_SOUGHT }: Shown): void {
    const { id } = party.proposal;
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
