import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Allow } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { listParties, readProposal, WriteParties, WritePartyDto, type PartyView, type WrittenParty } from '#lib/intake';
import type { Instant } from '#lib/kernel';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf, personOf, revisionOf, tagWith, viewerOf } from '../edge/request-facts.js';
import { listOf } from '../edge/described.js';
import { PARTY } from './answers/party.js';
import { CREATED } from './answers/shared.js';
import { Subjects } from './subjects.js';

const REFUSALS = ['proposal-not-in-your-hands'];
const CHANGES = [...REFUSALS, 'only-what-was-asked'];

interface Place {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
}

class PartyParams {
  @ApiProperty({ format: 'uuid' })
  @Allow()
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  @Allow()
  readonly party!: string;
}

/** Who takes part in a proposal: written down by who applies, confirmed by each party itself. */
@ApiTags('parties')
@Controller('api/v1/proposals/:id/parties')
@Policy('by-scope')
export class PartiesController {
  constructor(
    private readonly subjects: Subjects,
    private readonly writing: WriteParties,
  ) {}

  @Get()
  @Documented({ summary: 'The parties of a proposal, for who applies and for staff.', answer: listOf(PARTY) })
  async list(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<readonly PartyView[]> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      if ((await readProposal(tx, id)) === null) throw new SubjectNotFound('proposal', id);
      return listParties(tx, id);
    });
  }

  @Get(':party')
  @Documented({ summary: 'One party of a proposal.', answer: PARTY })
  async read(
    @Param(IdPipe) { id, party: partyId }: PartyParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyView> {
    const party = (await this.list(id, request)).find((one) => one.id === partyId);
    if (party === undefined) throw new SubjectNotFound('party', partyId);
    tagWith(reply, { version: 1, revision: party.revision });
    return party;
  }

  @Post()
  @HttpCode(201)
  @Documented({
    summary: 'Writes a party down; it is not mailed yet.',
    ...{ status: 201, answer: CREATED, once: true, refusals: CHANGES },
  })
  async add(
    @Param('id', IdPipe) id: string,
    @Body() body: WritePartyDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const party = await this.writing.add(id, writtenIn(body), {
      ...(await this.placeOf(id, request)),
      key: keyOf(request),
    });
    reply.header('location', `/api/v1/proposals/${id}/parties/${party}`);
    return { id: party };
  }

  @Put(':party')
  @Documented({
    summary: 'Replaces what is written of a party; what it confirmed and is different now must be asked again.',
    ...{ answer: PARTY, replaces: true, refusals: CHANGES },
  })
  async change(
    @Param(IdPipe) { id: proposalId, party: id }: PartyParams,
    @Body() body: WritePartyDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyView> {
    const party = { proposalId, id, revision: revisionOf(request) };
    await this.writing.change(party, writtenIn(body), await this.placeOf(proposalId, request));
    return this.read({ id: proposalId, party: id }, request, reply);
  }

  @Delete(':party')
  @HttpCode(204)
  @Documented({ summary: 'Takes a party out.', status: 204, replaces: true, refusals: CHANGES })
  async remove(
    @Param(IdPipe) { id: proposalId, party: id }: PartyParams,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const party = { proposalId, id, revision: revisionOf(request) };
    await this.writing.remove(party, await this.placeOf(proposalId, request));
  }

  @Post(':party/ask')
  @HttpCode(204)
  @Documented({
    summary: 'Mails the party a link to its own part; an earlier link no longer holds.',
    ...{ status: 204, once: true, refusals: [...REFUSALS, 'party-asked-too-often'] },
  })
  async ask(@Param(IdPipe) { id: proposalId, party: id }: PartyParams, @Req() request: FastifyRequest): Promise<void> {
    const place = { ...(await this.placeOf(proposalId, request)), key: keyOf(request) };
    await this.writing.ask({ proposalId, id }, { ...place, applicant: viewerOf(request).name });
  }

  private async placeOf(id: string, request: FastifyRequest): Promise<Place> {
    const { receivedAt } = request;
    return { actorId: personOf(request), region: await this.subjects.regionOf('proposal', id), receivedAt };
  }
}

function writtenIn({ institution, part = {}, ...rest }: WritePartyDto): WrittenParty {
  const { task = '', cashCents = null, hours = null, inKindCents = null } = part;
  const { role, organisation, contactName, email, language } = rest;
  return {
    role,
    organisation,
    contactName,
    email,
    language,
    institution: institution ?? null,
    part: { task, cashCents, hours, inKindCents },
  };
}
