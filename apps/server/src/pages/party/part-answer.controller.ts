import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AnswerPart, PartyLinkNotValid, type OpenPart } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { faultOf } from '../fault.js';
import { fieldsOf, type Fields } from '../form-fields.js';
import { Desks } from '../contact/desks.js';
import { Pages, type FieldError } from '../pages.js';
import { answerIn, partPage } from './part-answer.view.js';

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
    private readonly desks: Desks,
  ) {}

  @Get()
  async show(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    const part = await this.partOf(request, reply);
    if (part !== null) await this.form({ request, reply }, part, {}, []);
  }

  @Post()
  async answer(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    const part = await this.partOf(request, reply);
    if (part === null) return;
    const fields = fieldsOf(request);
    const { answer, errors } = answerIn(fields, (key) => this.pages.say(request, key));
    if (errors.length > 0) {
      await this.form({ request, reply }, part, fields, errors);
      return;
    }
    try {
      await this.answering.answer(request.params.token, answer);
      void reply.redirect(request.url, 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const again = await this.answering.read(request.params.token);
      await this.form({ request, reply }, again, fields, [{ id: 'deel', message: faultOf(error, request).message }]);
    }
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

  private async form(
    { request, reply }: Exchange,
    part: OpenPart,
    fields: Fields,
    errors: readonly FieldError[],
  ): Promise<void> {
    const page = partPage(part, { pages: this.pages, request, fields, errors });
    const desk = await this.desks.of(part.region, request);
    this.pages.show(request, reply, { ...page, model: { ...page.model, desk } });
  }
}
