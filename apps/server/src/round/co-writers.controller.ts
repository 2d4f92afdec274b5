import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Allow } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { InviteCoWriterDto, listCoWriters, readProposal, WriteCoWriters, type CoWriterView } from '#lib/intake';
import { Documented } from '../edge/documented.js';
import { described, listOf, nullOr, oneOf } from '../edge/described.js';
import { IdPipe } from '../edge/id.pipe.js';
import { keyOf, personOf, viewerOf } from '../edge/request-facts.js';
import { CREATED, OTHER } from './answers/shared.js';
import { Subjects } from './subjects.js';

const CO_WRITER = described<CoWriterView>('CoWriter', {
  id: OTHER,
  state: oneOf(['invited', 'expired', 'writing'], 'invited'),
  name: 'C. Ollega',
  email: 'c.ollega@school.example',
  since: '2027-01-12T09:30:00.000000Z',
  expiresAt: nullOr('2027-01-26T09:30:00.000000Z'),
});
const REFUSALS = [
  ...['proposal-not-in-your-hands', 'co-writer-is-yourself', 'writes-along-already'],
  ...['too-many-co-writers', 'co-writers-asked-too-often'],
];

class CoWriterParams {
  @ApiProperty({ format: 'uuid' })
  @Allow()
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  @Allow()
  readonly coWriter!: string;
}

/** Colleagues who write along on a proposal, by invitation of who applies. */
@ApiTags('proposals')
@Controller('api/v1/proposals/:id/co-writers')
@Policy('by-scope')
export class CoWritersController {
  constructor(
    private readonly subjects: Subjects,
    private readonly writing: WriteCoWriters,
  ) {}

  @Get()
  @Documented({
    summary: 'Who writes along on a proposal, and the open invitations; for who applies.',
    answer: listOf(CO_WRITER),
  })
  async list(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<readonly CoWriterView[]> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      if ((await readProposal(tx, id))?.isOwn !== true) throw new SubjectNotFound('proposal', id);
      return listCoWriters(tx, id);
    });
  }

  @Post()
  @HttpCode(201)
  @Documented({
    summary:
      'Mails a colleague a link to write along: reads and writes answers, amounts and files while who applies can, and submits nothing.',
    ...{ status: 201, answer: CREATED, once: true, refusals: REFUSALS },
  })
  async invite(
    @Param('id', IdPipe) id: string,
    @Body() { email, name, language }: InviteCoWriterDto,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    const place = { ...(await this.placeOf(id, request)), key: keyOf(request) };
    return { id: await this.writing.invite(id, { email, name, language }, place) };
  }

  @Post('leave')
  @HttpCode(204)
  @Documented({ summary: 'The colleague who asks writes along no more.', status: 204 })
  async leave(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.writing.leave(id, await this.placeOf(id, request));
  }

  @Delete(':coWriter')
  @HttpCode(204)
  @Documented({ summary: 'Takes back an open invitation, or ends the writing along, at once.', status: 204 })
  async end(@Param(IdPipe) { id, coWriter }: CoWriterParams, @Req() request: FastifyRequest): Promise<void> {
    await this.writing.end(id, coWriter, await this.placeOf(id, request));
  }

  private async placeOf(
    id: string,
    request: FastifyRequest,
  ): Promise<{ viewer: ReturnType<typeof viewerOf>; region: string }> {
    return { viewer: viewerOf(request), region: await this.subjects.regionOf('proposal', id) };
  }
}
