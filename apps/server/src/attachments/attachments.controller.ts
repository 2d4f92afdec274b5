import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import type { AttachmentView } from '#lib/intake';
import { IdPipe } from '../edge/id.pipe.js';
import { file, listOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { keyOf } from '../edge/request-facts.js';
import { TAKES_FILES } from '../edge/upload.js';
import { fieldsOf } from '../pages/form-fields.js';
import { ATTACHMENT } from '../round/answers/proposal.js';
import { CREATED } from '../round/answers/shared.js';
import { Attachments } from './attachments.js';

const FILE_FAULTS = [
  ...['file-missing', 'file-empty', 'file-kind-not-taken', 'file-is-another-kind', 'file-is-damaged'],
  ...['file-has-macros', 'file-is-locked', 'file-unpacks-too-large', 'file-has-too-many-pixels', 'upload-broken'],
  ...['question-takes-no-files', 'idempotency-key-missing'],
];
const UPLOAD = {
  type: 'object',
  required: ['question', 'file'],
  properties: {
    question: { type: 'string', example: 'answers.attachments', description: 'Path of the question; before the file.' },
    file: { type: 'string', format: 'binary', description: 'pdf, docx, xlsx, png or jpg, at most 25 MB.' },
  },
};

@ApiTags('proposals')
@Controller('api/v1/proposals/:id/attachments')
@Policy('by-scope')
export class AttachmentsController {
  constructor(private readonly attachments: Attachments) {}

  @Get()
  @Documented({
    summary:
      'The files of a proposal that the viewer may know of, each with the question that it answers and its state.',
    answer: listOf(ATTACHMENT),
  })
  async list(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<readonly AttachmentView[]> {
    return this.attachments.list(id, request);
  }

  @Post()
  @HttpCode(201)
  @RouteConfig(TAKES_FILES)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: UPLOAD })
  @Documented({
    summary: 'Adds a file to the answers, while the proposal is in one’s hands. The answer lists it with its hash.',
    ...{ status: 201, answer: CREATED, once: true, uploads: true, faults: FILE_FAULTS },
    refusals: ['proposal-not-in-your-hands', 'too-many-files'],
  })
  async add(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const key = keyOf(request);
    const path = fieldsOf(request)['question'] ?? '';
    const attachment = await this.attachments.add({ id, path }, request, (bodyHash) => ({ ...key, bodyHash }));
    reply.header('location', `/api/v1/proposals/${id}/attachments/${attachment}`);
    return { id: attachment };
  }

  @Get(':attachment')
  @Documented({
    summary: 'The bytes of a file, to be saved: never to be shown in the name of this site.',
    answer: file('application/octet-stream'),
    refusals: ['attachment-in-quarantine', 'attachment-infected'],
  })
  async read(
    @Param('id', IdPipe) id: string,
    @Param('attachment', IdPipe) attachment: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.attachments.send(id, attachment, request, reply);
  }

  @Delete(':attachment')
  @HttpCode(204)
  @Documented({
    summary: 'Takes a file out of the answers, while the proposal is in one’s hands. What a receipt names is kept.',
    status: 204,
    refusals: ['proposal-not-in-your-hands'],
  })
  async remove(
    @Param('id', IdPipe) id: string,
    @Param('attachment', IdPipe) attachment: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.attachments.remove(id, attachment, request);
  }
}
