import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf } from '../edge/request-facts.js';
import { CREATED } from './answers/shared.js';
import { ReuseProposalDto } from './reuse.dto.js';
import { Reusing } from './reusing.js';

@ApiTags('proposals')
@Controller('api/v1')
@Policy('by-scope')
export class ReuseController {
  constructor(private readonly reusing: Reusing) {}

  @Post('proposals/:id/reuse')
  @HttpCode(201)
  @Documented({
    summary:
      'Begins a draft in another open call with what an own proposal that is over holds and that call still asks: answers, parties, files.',
    ...{ status: 201, answer: CREATED, once: true },
    refusals: ['proposal-is-not-over', 'call-is-not-open'],
  })
  async reuse(
    @Param('id', IdPipe) id: string,
    @Body() { callId }: ReuseProposalDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const draft = await this.reusing.execute(id, callId, request, keyOf(request));
    reply.header('location', `/api/v1/proposals/${draft}`);
    return { id: draft };
  }
}
