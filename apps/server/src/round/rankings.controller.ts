import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { MakeRanking, newestRanking, readMargins, type Margins, type RankingView } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf, personOf, viewerOf } from '../edge/request-facts.js';
import { RANKING } from './answers/decision.js';
import { CREATED } from './answers/shared.js';
import { Subjects } from './subjects.js';

/** Null margins: the ranking is too large for them. */
export type SureRanking = RankingView & { readonly margins: Margins | null };

@ApiTags('decisions')
@Controller('api/v1/calls/:id/rankings')
@Policy('by-scope')
export class RankingsController {
  constructor(
    private readonly subjects: Subjects,
    private readonly making: MakeRanking,
  ) {}

  @Post()
  @HttpCode(201)
  @Documented({
    summary: 'Ranks the call’s proposals by the exact mean of their reviews.',
    status: 201,
    answer: CREATED,
    once: true,
    refusals: ['nothing-to-rank', 'call-is-not-ranked', 'call-is-still-open'],
  })
  async make(@Param('id', IdPipe) callId: string, @Req() request: FastifyRequest): Promise<{ id: string }> {
    const key = keyOf(request);
    const region = await this.subjects.regionOf('call', callId);
    return { id: await this.making.execute(viewerOf(request), { region, callId }, key) };
  }

  @Get('newest')
  @Documented({
    summary:
      'The newest ranking, for staff of the region, with the places that are reasonable for each proposal once they are computed.',
    answer: RANKING,
  })
  async newest(@Param('id', IdPipe) callId: string, @Req() request: FastifyRequest): Promise<SureRanking> {
    return this.subjects.read({ kind: 'call', id: callId }, personOf(request), async (tx) => {
      const ranking = await newestRanking(tx, callId);
      if (ranking === null) throw new SubjectNotFound('ranking', callId);
      return { ...ranking, margins: await readMargins(tx, callId) };
    });
  }
}
