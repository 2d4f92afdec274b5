import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AnswerPart, type OpenPart } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf, viewerOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { answerIn, partPage } from '../party/part-answer.view.js';

/** The part of one school, answered by the mandate of its board. */
@ApiExcludeController()
@Controller('schoolbestuur/delen/:id')
@Policy('by-scope')
export class BoardPartController {
  constructor(
    private readonly pages: Pages,
    private readonly answering: AnswerPart,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.form({ request, reply }, await this.answering.readByMandate(id, personOf(request)), {}, []);
  }

  @Post()
  async answer(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const part = await this.answering.readByMandate(id, personOf(request));
    const viewer = viewerOf(request);
    const fields = { ...fieldsOf(request), name: viewer.name };
    const { answer, errors } = answerIn(fields, (key) => this.pages.say(request, key));
    if (errors.length > 0) {
      this.form({ request, reply }, part, fields, errors);
      return;
    }
    try {
      await this.answering.answerByMandate(viewer, id, answer);
      void reply.redirect('/schoolbestuur', 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      const again = await this.answering.readByMandate(id, personOf(request));
      this.form({ request, reply }, again, fields, [{ id: 'deel', message: faultOf(error, request).message }]);
    }
  }

  private form(
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    part: OpenPart,
    fields: Fields,
    errors: readonly FieldError[],
  ): void {
    const page = partPage(part, { pages: this.pages, request, fields, errors });
    const crumb = { href: '/schoolbestuur', label: this.pages.say(request, 'board.title') };
    const model = { ...page.model, byMandate: true, answerer: viewerOf(request).name };
    this.pages.show(request, reply, { ...page, crumbs: [crumb, { label: part.organisation }], model });
  }
}
