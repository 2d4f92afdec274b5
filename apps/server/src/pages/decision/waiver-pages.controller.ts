import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { readWaiverDocument } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { IssuedPrints } from './issued-prints.js';

/** The confirmation of a waiver in print, as it was issued; for who applies and for staff. */
@ApiExcludeController()
@Controller('aanvragen/:id/afzien.pdf')
@Policy('by-scope')
export class WaiverPagesController {
  constructor(
    private readonly subjects: Subjects,
    private readonly prints: IssuedPrints,
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
    const region = await this.subjects.regionOf('proposal', id);
    const { number } = document;
    await this.prints.send({ request, reply }, { id: document.id, region, kind: 'waiver', number });
  }
}
