import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { EndSeat, listSeats, OpenSeat, OpenSeatDto, type Seat } from '#lib/committee';
import { SubjectNotFound } from '#lib/engine';
import { readCall } from '#lib/regulation';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf, personOf, viewerOf } from '../edge/request-facts.js';
import { listOf } from '../edge/described.js';
import { SEAT } from './answers/review.js';
import { CREATED } from './answers/shared.js';
import { Subjects } from './subjects.js';

@ApiTags('committee')
@Controller('api/v1')
@Policy('by-scope')
export class SeatsController {
  constructor(
    private readonly subjects: Subjects,
    private readonly opening: OpenSeat,
    private readonly ending: EndSeat,
  ) {}

  @Get('calls/:id/seats')
  @Documented({ summary: 'The committee of a call, for staff and its members.', answer: listOf(SEAT) })
  async seats(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<readonly Seat[]> {
    return this.subjects.read({ kind: 'call', id }, personOf(request), async (tx) => {
      if ((await readCall(tx, id)) === null) throw new SubjectNotFound('call', id);
      return listSeats(tx, id);
    });
  }

  @Post('calls/:id/seats')
  @HttpCode(201)
  @Documented({
    summary: 'Gives a member of the region a seat.',
    ...{ status: 201, answer: CREATED, once: true },
    refusals: ['person-is-no-member', 'seat-held-already', 'committee-has-a-chair', 'committee-is-closed'],
  })
  async open(
    @Param('id', IdPipe) callId: string,
    @Body() { personId, kind, isChair = false }: OpenSeatDto,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    const key = keyOf(request);
    const region = await this.subjects.regionOf('call', callId);
    const seat = { personId, kind, isChair };
    return { id: await this.opening.execute(viewerOf(request), { region, callId }, seat, key) };
  }

  @Delete('seats/:id')
  @HttpCode(204)
  @Documented({
    summary: 'Ends a seat; reviews that were handed in stay.',
    status: 204,
    refusals: ['seat-has-open-reviews'],
  })
  async end(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.ending.execute(viewerOf(request), await this.subjects.regionOf('seat', id), id);
  }
}
