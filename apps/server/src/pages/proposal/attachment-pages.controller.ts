import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { Attachments } from '../../attachments/attachments.js';
import { languageOf } from '../../edge/language.js';
import { TAKES_FILES } from '../../edge/upload.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { filesQuestions } from './files-question.view.js';
import { nextAfter, partLinks } from './part.view.js';
import { isInHand, ProposalCases, type ProposalCase } from './proposal-case.js';
import { fieldId } from './question.view.js';

/** What went wrong with a file, and at which question. */
interface Refused {
  readonly path: string;
  readonly message: string;
  readonly status: number;
}

/** The files of one part of a proposal: adding them, taking them out (I4), and saving one to read it. */
@ApiExcludeController()
@Controller('aanvragen/:id')
@Policy('by-scope')
export class AttachmentPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly attachments: Attachments,
  ) {}

  @Get('onderdelen/:part/bijlagen')
  async show(
    @Param('id', IdPipe) id: string,
    @Param('part') part: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readWritten(id, request);
    if (isInHand(found.proposal)) this.form({ request, reply, part, found });
    else void reply.redirect(`/aanvragen/${id}`, 303);
  }

  @Post('onderdelen/:part/bijlagen')
  @RouteConfig(TAKES_FILES)
  async change(
    @Param('id', IdPipe) id: string,
    @Param('part') part: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { question: path = '', _action: action = '' } = fieldsOf(request);
    const removed = /^remove:([0-9a-f-]{36})$/.exec(action)?.[1];
    try {
      if (removed !== undefined) await this.attachments.remove(id, removed, request);
      else await this.attachments.add({ id, path }, request, (bodyHash) => ({ ...formKeyOf(request), bodyHash }));
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof SubjectNotFound) throw error;
      const found = await this.cases.readWritten(id, request);
      this.form({ request, reply, part, found, refused: { path, ...faultOf(error, request) } });
      return;
    }
    void reply.redirect(`/aanvragen/${id}/onderdelen/${part}/bijlagen#${fieldId(path)}`, 303);
  }

  @Get('bijlagen/:attachment')
  async download(
    @Param('id', IdPipe) id: string,
    @Param('attachment', IdPipe) attachment: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.attachments.send(id, attachment, request, reply);
  }

  private form({ request, reply, part, found, refused }: FilesForm): void {
    const { proposal, form } = found;
    const language = languageOf(request);
    const questions = filesQuestions(found, part, language);
    const known = form.file.parts[part];
    if (known === undefined || questions.length === 0) throw new SubjectNotFound('part', part);
    const heading = known.label[language];
    const errors = refused === undefined ? [] : [{ id: `${fieldId(refused.path)}-bestand`, message: refused.message }];
    this.pages.show(request, reply, {
      ...{ view: 'attachments', title: heading, errors },
      ...(refused === undefined ? {} : { status: refused.status }),
      crumbs: [
        { href: '/aanvragen', label: this.pages.say(request, 'layout.nav-proposals') },
        { href: `/aanvragen/${proposal.id}`, label: proposal.title },
        { label: heading },
      ],
      model: {
        ...{ proposal, heading, links: partLinks(found, language, part), key: newFormKey() },
        ...{ at: form.file.order.indexOf(part) + 1, of: form.file.order.length },
        questions: questions.map((one) => ({
          ...one,
          error: one.path === refused?.path ? refused.message : null,
        })),
        ...{ address: `/aanvragen/${proposal.id}/onderdelen/${part}/bijlagen`, next: nextAfter(found, part) },
      },
    });
  }
}

interface FilesForm {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly part: string;
  readonly found: ProposalCase;
  readonly refused?: Refused;
}
