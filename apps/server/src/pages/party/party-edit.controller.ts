import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { WriteParties, type PartyView } from '#lib/intake';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { NOT_SOUGHT } from '../search-box.js';
import { fieldOf, partyFieldsOf, partyIn } from './party-form.js';
import { PartyCases, type PartyCase } from './party-case.js';
import { PartySearches, type PartySearch } from './party-search.js';
import { rolesView } from './parties.view.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Shown extends Partial<PartySearch> {
  readonly fields: Fields;
  readonly errors?: readonly FieldError[];
}

/** Changing what was written of a party; what it confirmed and is different now is asked again. */
@ApiExcludeController()
@Controller('aanvragen/:id/partijen/:party')
@Policy('by-scope')
export class PartyEditController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: PartyCases,
    private readonly searches: PartySearches,
    private readonly writing: WriteParties,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Param('party', IdPipe) partyId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { found, party } = await this.partyOf(id, partyId, request);
    this.form({ request, reply }, found, party, { fields: partyFieldsOf(party, languageOf(request)) });
  }

  @Post()
  async save(
    @Param('id', IdPipe) id: string,
    @Param('party', IdPipe) partyId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { found, party } = await this.partyOf(id, partyId, request);
    const fields = fieldsOf(request);
    // The revision that was read goes along, so that a search in between hides no change of somebody else.
    const read = { ...party, revision: Number(fields['_revision']) };
    const search = await this.searches.run(fields, this.pages.say.bind(this.pages, request));
    if (search !== null) {
      this.form({ request, reply }, found, read, search);
      return;
    }
    const { written, errors } = partyIn(fields, languageOf(request), (key) => this.pages.say(request, key));
    if (errors.length > 0) {
      this.form({ request, reply }, found, read, { fields, errors });
      return;
    }
    try {
      const place = await this.cases.placeOf(id, request);
      const changed = { proposalId: id, id: partyId, revision: read.revision };
      await this.writing.change(changed, { ...written, language: party.language }, place);
      void reply.redirect(`/aanvragen/${id}/partijen#${partyId}`, 303);
    } catch (error) {
      // What was typed stays; sent again it replaces what was saved elsewhere.
      const { code, message } = repairableFaultOf(error, request);
      const told = code === 'version-is-stale' ? this.pages.say(request, 'party.error-stale') : message;
      this.form({ request, reply }, found, party, { fields, errors: [{ id: fieldOf(code), message: told }] });
    }
  }

  /** Throws SubjectNotFound for who does not apply, and for a party that is not there. */
  private async partyOf(
    id: string,
    partyId: string,
    request: FastifyRequest,
  ): Promise<{ found: PartyCase; party: PartyView }> {
    const found = await this.cases.read(id, request);
    const party = found.parties.find((one) => one.id === partyId);
    if (party === undefined || !found.proposal.isOwn) throw new SubjectNotFound('party', partyId);
    return { found, party };
  }

  private form({ request, reply }: Exchange, found: PartyCase, party: PartyView, shown: Shown): void {
    const { proposal } = found;
    const { errors = [], ...rest } = shown;
    const say = (key: string): string => this.pages.say(request, key);
    this.pages.show(request, reply, {
      view: 'party',
      title: say('party.edit-title'),
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [
        { href: `/aanvragen/${proposal.id}`, label: proposal.number },
        { href: `/aanvragen/${proposal.id}/partijen`, label: say('party.title') },
        { label: party.organisation },
      ],
      model: {
        ...{ search: NOT_SOUGHT, ...rest, proposal, party, hourlyRateCents: found.hourlyRateCents },
        ...{ roles: rolesView(found, shown.fields, say), isConfirmed: party.state === 'confirmed' },
        errorFor: Object.fromEntries(errors.map((one) => [one.id, one.message])),
      },
    });
  }
}
