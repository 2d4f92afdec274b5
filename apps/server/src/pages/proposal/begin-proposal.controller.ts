import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { CreateProposal, UNNAMED } from '#lib/intake';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { formKeyOf } from '../form-fields.js';

/** A proposal begins: without a name, and with no answer yet. */
@ApiExcludeController()
@Controller('rondes/:id/aanvragen')
@Policy('by-scope')
export class BeginProposalController {
  constructor(
    private readonly subjects: Subjects,
    private readonly creating: CreateProposal,
  ) {}

  @Post()
  async begin(
    @Param('id', IdPipe) callId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const region = await this.subjects.regionOf('call', callId);
    const asked = { actorId: personOf(request), region, receivedAt: request.receivedAt, key: formKeyOf(request) };
    const id = await this.creating.execute(callId, { title: UNNAMED, content: {} }, asked);
    void reply.redirect(`/aanvragen/${id}`, 303);
  }
}
