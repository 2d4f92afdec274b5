import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, regionsOf } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { HandleQuestion, listOpenQuestions, type OpenQuestion } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import type { CallView } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { viewerOf } from '../../edge/request-facts.js';
import { CallCases } from '../call/call-case.js';
import { faultOf } from '../fault.js';
import { fieldsOf, textIn, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { publishedIn } from './question-form.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Waiting {
  readonly call: CallView;
  readonly open: readonly OpenQuestion[];
}

/** The secretary's questions of a call: which wait, and answering one to everyone at once without who asked. */
@ApiExcludeController()
@Controller('rondes/:id/vragen')
@Policy('by-scope')
export class QuestionDeskController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly handling: HandleQuestion,
  ) {}

  @Get()
  async list(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { call, open } = await this.read(id, request);
    const title = this.pages.say(request, 'question.desk-title');
    this.pages.show(request, reply, {
      view: 'questions-open',
      title,
      crumbs: [{ href: `/rondes/${id}`, label: call.name[languageOf(request)] }, { label: title }],
      model: { call, open },
    });
  }

  @Get(':question')
  async show(
    @Param('id', IdPipe) id: string,
    @Param('question', IdPipe) questionId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const one = await this.one(id, questionId, request);
    this.form({ request, reply }, one, { question_nl: one.question.words }, []);
  }

  @Post(':question')
  async handle(
    @Param('id', IdPipe) id: string,
    @Param('question', IdPipe) questionId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const one = await this.one(id, questionId, request);
    const fields = fieldsOf(request);
    const place = { region: one.call.region, callId: id, questionId };
    const isClosing = fields['_action'] === 'close';
    const { errors, act } = isClosing ? this.closing(fields, request, place) : this.publishing(fields, request, place);
    if (errors.length > 0) {
      this.form({ request, reply }, one, fields, errors);
      return;
    }
    try {
      await act();
      void reply.redirect(`/rondes/${id}/vragen`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      const field = isClosing ? 'reason' : 'question_nl';
      this.form({ request, reply }, one, fields, [{ id: field, message: faultOf(error, request).message }]);
    }
  }

  private publishing(fields: Fields, request: FastifyRequest, place: Place): Act {
    const { words, errors } = publishedIn(fields, (key, values) => this.pages.say(request, key, values));
    return { errors, act: () => this.handling.publish(viewerOf(request), place, words) };
  }

  private closing(fields: Fields, request: FastifyRequest, place: Place): Act {
    const reason = textIn(fields, 'reason', 5000);
    const errors = reason === '' ? [{ id: 'reason', message: this.pages.say(request, 'question.error-reason') }] : [];
    return { errors, act: () => this.handling.close(viewerOf(request), place, reason) };
  }

  /** Throws SubjectNotFound unless the viewer is secretary of the call's region. */
  private async read(id: string, request: FastifyRequest): Promise<Waiting> {
    return this.cases.readForStaff(id, request, async (tx, { call }) => {
      if (!regionsOf(viewerOf(request), ['secretary']).includes(call.region)) throw new SubjectNotFound('call', id);
      return { call, open: await listOpenQuestions(tx, id) };
    });
  }

  /** Throws SubjectNotFound when the question is handled, or never was. */
  private async one(id: string, questionId: string, request: FastifyRequest): Promise<One> {
    const { call, open } = await this.read(id, request);
    const question = open.find((one) => one.id === questionId);
    if (question === undefined) throw new SubjectNotFound('public-question', questionId);
    return { call, question };
  }

  private form(
    { request, reply }: Exchange,
    { call, question }: One,
    fields: Fields,
    errors: readonly FieldError[],
  ): void {
    const title = this.pages.say(request, 'question.answer-title');
    this.pages.show(request, reply, {
      view: 'question-answer',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [
        { href: `/rondes/${call.id}/vragen`, label: this.pages.say(request, 'question.desk-title') },
        { label: title },
      ],
      model: {
        ...{ call, question, fields, isTicked: fields['anonymous'] === 'on' },
        errorFor: Object.fromEntries(errors.map(({ id, message }) => [id, message])),
      },
    });
  }
}

interface One {
  readonly call: CallView;
  readonly question: OpenQuestion;
}

interface Place {
  readonly region: string;
  readonly callId: string;
  readonly questionId: string;
}

interface Act {
  readonly errors: readonly FieldError[];
  readonly act: () => Promise<void>;
}
