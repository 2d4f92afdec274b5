import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuedDocuments } from '#app/worker';
import { Policy } from '#lib/access';
import { readWaiverDocument } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { Pages } from '../pages.js';
import { printHeaders } from './print-headers.js';

/** The confirmation of a waiver in print, as it was issued; for who applies and for staff. */
@ApiExcludeController()
@Controller('aanvragen/:id/afzien.pdf')
@Policy('by-scope')
export class WaiverPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly subjects: Subjects,
    private readonly documents: IssuedDocuments,
  ) {}

  @Get()
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const actor = personOf(request);
    const subject = { kind: 'proposal', id } as const;
    const document = await this.subjects.read(subject, actor, (tx) => readWaiverDocument(tx, id));
    if (document === null) throw new SubjectNotFound('document', id);
    const wanted = { id: document.id, region: await this.subjects.regionOf('proposal', id), actor };
    const { pdf, sha256 } = await this.documents.print(wanted, languageOf(request));
    const name = this.pages.say(request, 'waiver.file-name', { number: document.number });
    void reply.headers({ ...printHeaders(name), etag: `"${sha256}"` }).send(pdf);
  }
}
