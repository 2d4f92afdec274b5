import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AnswerPart, PartyLinkNotValid, type OpenPart, type PartAnswer } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { languageOf } from '../../edge/language.js';
import { faultOf } from '../fault.js';
import { fieldsOf, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type WithToken = FastifyRequest<{ Params: { token: string } }>;

/** What a school or partner sees of a proposal: its own part, to confirm or not. */
@ApiExcludeController()
@Controller('partij/:token')
@Policy('public')
export class PartAnswerController {
  constructor(
    private readonly pages: Pages,
    private readonly answering: AnswerPart,
  ) {}

  @Get()
  async show(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    const part = await this.partOf(request, reply);
    if (part !== null) this.form({ request, reply }, part, {}, []);
  }

  @Post()
  async answer(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    const part = await this.partOf(request, reply);
    if (part === null) return;
    const fields = fieldsOf(request);
    const { answer, errors } = this.answerIn(request, fields);
    if (errors.length > 0) {
      this.form({ request, reply }, part, fields, errors);
      return;
    }
    try {
      await this.answering.answer(request.params.token, answer);
      void reply.redirect(request.url, 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const again = await this.answering.read(request.params.token);
      this.form({ request, reply }, again, fields, [{ id: 'name', message: faultOf(error, request).message }]);
    }
  }

  private answerIn(request: FastifyRequest, fields: Fields): { answer: PartAnswer; errors: readonly FieldError[] } {
    const text = (name: string): string => (fields[name] ?? '').trim().slice(0, 1000);
    const say = (key: string): string => this.pages.say(request, key);
    const errors: FieldError[] = text('name') === '' ? [{ id: 'name', message: say('party.error-name') }] : [];
    if (fields['_action'] === 'decline') {
      if (text('reason') === '') errors.push({ id: 'reason', message: say('party.error-reason') });
      return { answer: { kind: 'decline', name: text('name'), reason: text('reason') }, errors };
    }
    if (text('position') === '') errors.push({ id: 'position', message: say('party.error-position') });
    if (fields['agree'] === undefined) errors.push({ id: 'agree', message: say('party.error-agree') });
    return { answer: { kind: 'confirm', name: text('name'), position: text('position') }, errors };
  }

  /** Null when the link does not hold; then the page says so. */
  private async partOf(request: WithToken, reply: FastifyReply): Promise<OpenPart | null> {
    try {
      return await this.answering.read(request.params.token);
    } catch (error) {
      if (!(error instanceof PartyLinkNotValid)) throw error;
      const { message } = faultOf(error, request);
      this.pages.show(request, reply, {
        view: 'message',
        title: this.pages.say(request, 'party.gone'),
        status: 410,
        model: { text: message },
      });
      return null;
    }
  }

  private form({ request, reply }: Exchange, part: OpenPart, fields: Fields, errors: readonly FieldError[]): void {
    const language = languageOf(request);
    this.pages.show(request, reply, {
      view: 'part-answer',
      title: this.pages.say(request, 'party.answer-title', { organisation: part.organisation }),
      errors,
      status: errors.length > 0 ? 422 : 200,
      region: part.regionName[language],
      model: {
        ...{ open: part, callName: part.callName[language], address: request.url, fields },
        ...{ isOpen: part.state === 'asked' || part.state === 'changed', stateText: `party.state-${part.state}` },
        errorFor: Object.fromEntries(errors.map(({ id, message }) => [id, message])),
      },
    });
  }
}
