import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { ApplicationLetters, type KeptAside } from '../../application/application-letters.js';
import { Applications } from '../../application/applications.js';
import { IdPipe } from '../../edge/id.pipe.js';
import { Pages } from '../pages.js';
import { ProposalCases } from './proposal-case.js';
import { fileRows } from './files.view.js';
import { receivedView } from './read.view.js';

/** What an applicant had written after taking a proposal back and did not submit again: to read, copy and print. */
@ApiExcludeController()
@Controller('aanvragen/:id/niet-ingediend')
@Policy('by-scope')
export class SetAsidePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly applications: Applications,
    private readonly letters: ApplicationLetters,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { found, kept } = await this.read(id, request);
    const { proposal, call, form } = found;
    const words = this.pages.words(request);
    const title = words.say('proposal.set-aside');
    const files = { folder: `/aanvragen/${id}/bijlagen`, isOwn: true, language: words.language };
    this.pages.show(request, reply, {
      view: 'set-aside',
      title,
      crumbs: [{ href: `/aanvragen/${id}`, label: proposal.number }, { label: title }],
      model: {
        ...{ proposal, callName: call.name[words.language] },
        parts: receivedView(form, { ...kept.content, title: kept.title }, words),
        files: fileRows(kept.attachments, files),
        copy: await this.letters.copyOfSetAside({ found, kept }, request),
      },
    });
  }

  @Get('aanvraag.pdf')
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.applications.sendSetAside(await this.read(id, request), 'pdf', { request, reply });
  }

  @Get('aanvraag.txt')
  async text(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.applications.sendSetAside(await this.read(id, request), 'txt', { request, reply });
  }

  /** Throws SubjectNotFound. */
  private async read(id: string, request: FastifyRequest): Promise<KeptAside> {
    const found = await this.cases.readOwn(id, request);
    const kept = await this.cases.setAside(id, request);
    if (kept === null) throw new SubjectNotFound('proposal', id);
    return { found, kept };
  }
}
