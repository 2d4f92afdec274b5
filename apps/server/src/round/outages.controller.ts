import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { readClosing, RegisterOutage, type ClosingView } from '#lib/regulation';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf, viewerOf } from '../edge/request-facts.js';
import { CLOSING } from './answers/call.js';
import { CREATED } from './answers/shared.js';
import { RegisterOutageDto } from './outage.dto.js';
import { Subjects } from './subjects.js';

@ApiTags('calls')
@Controller('api/v1')
export class OutagesController {
  constructor(
    private readonly subjects: Subjects,
    private readonly registering: RegisterOutage,
  ) {}

  @Post('regions/:region/outages')
  @HttpCode(201)
  @Policy('region-staff')
  @Documented({
    summary: 'Writes down when the portal was out, and proposes to extend the calls that were about to close.',
    ...{ status: 201, answer: CREATED, once: true },
    refusals: ['outage-times-are-wrong'],
  })
  async register(
    @Param('region') region: string,
    @Body() { startsAt, endsAt, note = '' }: RegisterOutageDto,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    const outage = { region, startsAt, endsAt, note };
    const asked = { receivedAt: request.receivedAt, key: keyOf(request) };
    return { id: await this.registering.execute(viewerOf(request), outage, asked) };
  }

  @Get('calls/:id/closing')
  @Policy('public')
  @Documented({ summary: 'What disturbed the closing of a call, and how it was moved.', answer: CLOSING })
  async closing(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<ClosingView> {
    const subject = { kind: 'call', id } as const;
    const closing = await this.subjects.read(subject, request.viewer?.id ?? null, (tx) => readClosing(tx, id));
    if (closing === null) throw new SubjectNotFound('call', id);
    return closing;
  }
}
