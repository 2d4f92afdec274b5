import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuedDocuments } from '#app/worker';
import { Policy } from '#lib/access';
import { newestRankingDocument } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { printHeaders } from '../decision/print-headers.js';
import { Pages } from '../pages.js';
import { CallCases } from './call-case.js';

@ApiExcludeController()
@Controller('rondes/:id/rangschikking/rangschikking.pdf')
@Policy('by-scope')
export class RankingPrintController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly documents: IssuedDocuments,
  ) {}

  /** The newest ranking as it was made; for who handles everything in it. */
  @Get()
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageOf(request);
    const { call, document } = await this.cases.readForStaff(id, request, async (tx, found) => ({
      call: found.call,
      document: await newestRankingDocument(tx, id),
    }));
    if (document === null) throw new SubjectNotFound('document', id);
    const wanted = { id: document, region: call.region, actor: personOf(request) };
    const { pdf, sha256 } = await this.documents.print(wanted, language);
    const name = this.pages.say(request, 'ranking.file-name', { number: call.number });
    void reply.headers({ ...printHeaders(name), etag: `"${sha256}"` }).send(pdf);
  }
}
