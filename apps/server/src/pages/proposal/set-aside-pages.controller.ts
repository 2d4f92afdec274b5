import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
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
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal, call, form } = await this.cases.readOwn(id, request);
    const kept = await this.cases.setAside(id, request);
    if (kept === null) throw new SubjectNotFound('proposal', id);
    const language = languageOf(request);
    const title = this.pages.say(request, 'proposal.set-aside');
    const files = { folder: `/aanvragen/${id}/bijlagen`, isOwn: true, language };
    this.pages.show(request, reply, {
      view: 'set-aside',
      title,
      crumbs: [{ href: `/aanvragen/${id}`, label: proposal.number }, { label: title }],
      model: {
        ...{ proposal, callName: call.name[language] },
        parts: receivedView(form, { ...kept.content, title: kept.title }, language),
        files: fileRows(kept.attachments, files),
      },
    });
  }
}
