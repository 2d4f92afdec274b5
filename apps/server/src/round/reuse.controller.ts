import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { ReuseProposal } from '#lib/intake';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf, personOf } from '../edge/request-facts.js';
import { CREATED_EXAMPLE } from './examples.js';
import { ReuseProposalDto } from './reuse.dto.js';
import { Subjects } from './subjects.js';

@ApiTags('proposals')
@Controller('api/v1')
@Policy('by-scope')
export class ReuseController {
  constructor(
    private readonly subjects: Subjects,
    private readonly reusing: ReuseProposal,
  ) {}

  @Post('proposals/:id/reuse')
  @HttpCode(201)
  @Documented({
    summary:
      'Begins a draft in another open call with what an own proposal that is over holds and that call still asks.',
    ...{ status: 201, example: CREATED_EXAMPLE, once: true },
    refusals: ['proposal-is-not-over', 'call-is-not-open'],
  })
  async reuse(
    @Param('id', IdPipe) id: string,
    @Body() { callId }: ReuseProposalDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const key = keyOf(request);
    const [region, callRegion] = [
      await this.subjects.regionOf('proposal', id),
      await this.subjects.regionOf('call', callId),
    ];
    const { receivedAt } = request;
    const draft = await this.reusing.execute(id, callId, {
      actorId: personOf(request),
      receivedAt,
      key,
      region,
      callRegion,
    });
    reply.header('location', `/api/v1/proposals/${draft}`);
    return { id: draft };
  }
}
