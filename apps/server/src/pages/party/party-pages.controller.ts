import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { WriteParties } from '#lib/intake';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf } from '../form-fields.js';
import { fieldsOfParticipant } from './participants.view.js';
import { PartyCases } from './party-case.js';
import { fieldOf, partyIn } from './party-form.js';
import { PartyPage, type Exchange, type Shown } from './party.page.js';
import { PartySearches } from './party-search.js';

/** Who takes part in a proposal, and whether they said so themselves (I5). */
@ApiExcludeController()
@Controller('aanvragen/:id/partijen')
@Policy('by-scope')
export class PartyPagesController {
  constructor(
    private readonly page: PartyPage,
    private readonly cases: PartyCases,
    private readonly searches: PartySearches,
    private readonly writing: WriteParties,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('deelnemer') participant?: string,
  ): Promise<void> {
    const found = await this.cases.read(id, request);
    this.page.show(found, { request, reply }, { fields: fieldsOfParticipant(found, participant) });
  }

  @Post()
  async add(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = fieldsOf(request);
    const search = await this.searches.run(fields, this.page.sayTo(request));
    if (search !== null) {
      await this.again(id, { request, reply }, search);
      return;
    }
    const { written, errors } = partyIn(fields, languageOf(request), this.page.sayTo(request));
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

  private async again(id: string, exchange: Exchange, shown: Shown): Promise<void> {
    this.page.show(await this.cases.read(id, exchange.request), exchange, shown);
  }
}
