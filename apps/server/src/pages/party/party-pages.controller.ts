import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { listParties, PARTY_ROLES, WriteParties } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { faultOf } from '../fault.js';
import { fieldsOf, newFormKey, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { isInHand, ProposalCases } from '../proposal/proposal-case.js';
import { partyIn } from './party-form.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Who takes part in a proposal, and whether they said so themselves (I5). */
@ApiExcludeController()
@Controller('aanvragen/:id/partijen')
@Policy('by-scope')
export class PartyPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly subjects: Subjects,
    private readonly writing: WriteParties,
  ) {}

  @Get()
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(id, { request, reply }, {}, []);
  }

  @Post()
  async add(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = fieldsOf(request);
    const { written, errors } = partyIn(fields, languageOf(request), (key) => this.pages.say(request, key));
    if (errors.length > 0) {
      await this.page(id, { request, reply }, fields, errors);
      return;
    }
    const { proposal } = await this.cases.readOwn(id, request);
    const place = { actorId: personOf(request), region: proposal.region };
    const party = await this.writing.add(id, written, place);
    if (fields['_action'] === 'ask')
      await this.writing.ask({ proposalId: id, id: party }, { ...place, applicant: request.viewer?.name ?? '' });
    void reply.redirect(`/aanvragen/${id}/partijen`, 303);
  }

  @Post(':party/vraag')
  async ask(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('party', ParseUUIDPipe) party: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal } = await this.cases.readOwn(id, request);
    try {
      await this.writing.ask(
        { proposalId: id, id: party },
        { actorId: personOf(request), region: proposal.region, applicant: request.viewer?.name ?? '' },
      );
      void reply.redirect(`/aanvragen/${id}/partijen`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      await this.page(id, { request, reply }, {}, [{ id: party, message: faultOf(error, request).message }]);
    }
  }

  @Post(':party/weg')
  async remove(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('party', ParseUUIDPipe) party: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal } = await this.cases.readOwn(id, request);
    await this.writing.remove({ proposalId: id, id: party }, { actorId: personOf(request), region: proposal.region });
    void reply.redirect(`/aanvragen/${id}/partijen`, 303);
  }

  private async page(
    id: string,
    { request, reply }: Exchange,
    fields: Fields,
    errors: readonly FieldError[],
  ): Promise<void> {
    const { proposal } = await this.cases.read(id, request);
    const parties = await this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => listParties(tx, id));
    const say = (key: string): string => this.pages.say(request, key);
    const title = say('party.title');
    const roles = PARTY_ROLES.map((value) => ({
      value,
      text: say(`party.role-${value}`),
      on: (fields['role'] ?? 'partner') === value,
    }));
    this.pages.show(request, reply, {
      view: 'parties',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/aanvragen/${id}`, label: proposal.number }, { label: title }],
      model: {
        proposal,
        parties,
        roles,
        fields,
        inHand: isInHand(proposal),
        key: newFormKey(),
        errorFor: Object.fromEntries(errors.map((one) => [one.id, one.message])),
      },
    });
  }
}
