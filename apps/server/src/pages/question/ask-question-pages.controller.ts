import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AskQuestion, takesQuestions } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { callDays } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { CallCases, type CallCase } from '../call/call-case.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';

const MOST = 2000;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A question about a call, from anybody with an account; the answer goes to everyone at once. */
@ApiExcludeController()
@Controller('rondes/:id/vraag')
@Policy('by-scope')
export class AskQuestionPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly asking: AskQuestion,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page({ request, reply }, await this.cases.read(id, request), '', []);
  }

  @Post()
  async ask(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.read(id, request);
    const words = (fieldsOf(request)['words'] ?? '').trim();
    const refused = words === '' ? 'question.error-words' : words.length > MOST ? 'question.error-long' : null;
    if (refused !== null) {
      this.page({ request, reply }, found, words, [
        { id: 'words', message: this.pages.say(request, refused, { most: MOST }) },
      ]);
      return;
    }
    try {
      const { receivedAt } = request;
      const asked = { actorId: personOf(request), region: found.call.region, receivedAt, key: formKeyOf(request) };
      await this.asking.execute(id, words, asked);
      void reply.redirect(`/rondes/${id}#vragen`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.page({ request, reply }, found, words, [{ id: 'words', message: faultOf(error, request).message }]);
    }
  }

  private page(
    { request, reply }: Exchange,
    { call, rules }: CallCase,
    words: string,
    errors: readonly FieldError[],
  ): void {
    const title = this.pages.say(request, 'question.ask');
    const { questionsUntil } = callDays(rules.regulation, call.closesAt);
    this.pages.show(request, reply, {
      view: 'question-ask',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/rondes/${call.id}`, label: call.name[languageOf(request)] }, { label: title }],
      model: {
        ...{ call, words, most: MOST, questionsUntil, key: newFormKey(), error: errors[0]?.message ?? null },
        mayAsk: takesQuestions(call, questionsUntil, request.receivedAt),
      },
    });
  }
}
