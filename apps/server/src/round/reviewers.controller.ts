import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AssignReviewer, AssignReviewerDto, DeclareInterest, DeclareInterestDto } from '#lib/committee';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf, personOf, viewerOf } from '../edge/request-facts.js';
import { CREATED } from './answers/shared.js';
import { Subjects } from './subjects.js';

@ApiTags('committee')
@Controller('api/v1/proposals/:id')
@Policy('by-scope')
export class ReviewersController {
  constructor(
    private readonly subjects: Subjects,
    private readonly declaring: DeclareInterest,
    private readonly assigning: AssignReviewer,
  ) {}

  @Post('interests')
  @HttpCode(204)
  @Documented({
    summary: 'Declares an interest in a proposal: one’s own, or by the secretary that of another.',
    status: 204,
  })
  async declare(
    @Param('id', IdPipe) proposalId: string,
    @Body() { personId, reason }: DeclareInterestDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const region = await this.subjects.regionOf('proposal', proposalId);
    const interest = { proposalId, personId: personId ?? personOf(request), reason };
    await this.declaring.execute(viewerOf(request), interest, { region, receivedAt: request.receivedAt });
  }

  @Post('reviews')
  @HttpCode(201)
  @Documented({
    summary: 'Asks a member of the committee for a review.',
    ...{ status: 201, answer: CREATED, once: true },
    refusals: ['proposal-takes-no-reviews', 'reviewer-has-no-seat', 'reviewer-has-interest', 'assigned-already'],
  })
  async assign(
    @Param('id', IdPipe) proposalId: string,
    @Body() { reviewerId }: AssignReviewerDto,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    const key = keyOf(request);
    const region = await this.subjects.regionOf('proposal', proposalId);
    const place = { region, receivedAt: request.receivedAt, key };
    return { id: await this.assigning.execute(viewerOf(request), { proposalId, reviewerId }, place) };
  }
}
