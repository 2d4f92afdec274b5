import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AddObjectionFile } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { downloadHeaders, FILE_KINDS, FileRefused } from '#lib/files';
import { assertReadable } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { FileParts } from '../../attachments/file-parts.js';
import { personOf } from '../../edge/request-facts.js';
import { TAKES_FILES } from '../../edge/upload.js';
import { faultOf } from '../fault.js';
import { formKeyOf } from '../form-fields.js';
import { ObjectionCases, type ObjectionCase } from './objection-case.js';
import { ObjectionPage } from './objection.page.js';

/** Files with an objection. They come after its words, so that no file that is refused can keep an objection from being in time. */
@ApiExcludeController()
@Controller('aanvragen/:id/bezwaar/bestanden')
@Policy('by-scope')
export class ObjectionFilesController {
  constructor(
    private readonly page: ObjectionPage,
    private readonly cases: ObjectionCases,
    private readonly files: FileParts,
    private readonly adding: AddObjectionFile,
  ) {}

  @Post()
  @RouteConfig(TAKES_FILES)
  async add(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    try {
      await this.receive(found, request);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof SubjectNotFound) throw error;
      const errors = [{ id: 'bestand', message: faultOf(error, request).message }];
      this.page.show({ request, reply }, found, { errors });
      return;
    }
    void reply.redirect(`/aanvragen/${id}/bezwaar#bestanden`, 303);
  }

  @Get(':file')
  async send(
    @Param('id', IdPipe) id: string,
    @Param('file', IdPipe) fileId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { objections } = await this.cases.read(id, request);
    const file = objections.flatMap(({ files }) => files).find((one) => one.id === fileId);
    if (file === undefined) throw new SubjectNotFound('attachment', fileId);
    assertReadable(file);
    void reply.headers(downloadHeaders(file)).send(this.files.store.read(fileId));
  }

  private async receive({ proposal, objections }: ObjectionCase, request: FastifyRequest): Promise<void> {
    if (objections.length === 0) throw new SubjectNotFound('objection', proposal.id);
    if (request.upload === null) throw new FileRefused('file-missing');
    const file = await this.files.receive(request.upload, FILE_KINDS);
    const key = { ...formKeyOf(request), bodyHash: file.sha256 };
    const asked = { actorId: personOf(request), region: proposal.region, key };
    await this.files.keep(file.id, () => this.adding.execute(proposal.id, file, asked));
    this.files.ring();
  }
}
