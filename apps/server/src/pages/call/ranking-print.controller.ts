import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { newestRankingDocument } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../../edge/id.pipe.js';
import { IssuedPrints } from '../decision/issued-prints.js';
import { CallCases } from './call-case.js';

@ApiExcludeController()
@Controller('rondes/:id/rangschikking/rangschikking.pdf')
@Policy('by-scope')
export class RankingPrintController {
  constructor(
    private readonly cases: CallCases,
    private readonly prints: IssuedPrints,
  ) {}

  /** The newest ranking as it was made; for who handles everything in it. */
  @Get()
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { call, document } = await this.cases.readForStaff(id, request, async (tx, found) => ({
      call: found.call,
      document: await newestRankingDocument(tx, id),
    }));
    if (document === null) throw new SubjectNotFound('document', id);
    const { region, number } = call;
    await this.prints.send({ request, reply }, { id: document, region, kind: 'ranking', number });
  }
}
