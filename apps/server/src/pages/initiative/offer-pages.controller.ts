import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { NATIONAL, OFFER_KINDS, OfferedTooOften, OfferHelp, type HelpOffer } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { isMailbox } from '#lib/people';
import { languageOf } from '../../edge/language.js';
import { Subjects } from '../../round/subjects.js';
import { faultOf } from '../fault.js';
import { fieldsOf, newFormKey, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';

/** The form as it was filled in, and what is wrong with it. */
interface Filled {
  readonly fields: Fields;
  readonly errors?: readonly FieldError[];
  readonly status?: number;
}

/** A partner offers help, with or without an account; a mailed link makes it count. */
@ApiExcludeController()
@Controller('hulp')
@Policy('public')
export class OfferPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly offering: OfferHelp,
    private readonly subjects: Subjects,
  ) {}

  @Get()
  show(@Query('initiatief') initiative: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.form(request, reply, { fields: { initiative: typeof initiative === 'string' ? initiative : '' } });
  }

  @Post()
  async offer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const errors = this.errorsIn(request, fields);
    if (errors.length > 0) {
      this.form(request, reply, { fields, errors });
      return;
    }
    const initiativeId = isUUID(fields['initiative'] ?? '') ? (fields['initiative'] ?? '') : null;
    const region = initiativeId === null ? NATIONAL : await this.subjects.regionOf('initiative', initiativeId);
    const offer = offerIn(fields, { region, initiativeId, language: languageOf(request) });
    try {
      await this.offering.execute(offer, request.viewer?.id ?? null, request.ip);
    } catch (error) {
      if (!(error instanceof OfferedTooOften)) throw error;
      const { message, status } = faultOf(error, request);
      this.form(request, reply, { fields, errors: [{ id: 'email', message }], status });
      return;
    }
    const title = this.pages.say(request, 'offer.sent-title');
    this.pages.show(request, reply, {
      view: 'message',
      title,
      model: { text: this.pages.say(request, 'offer.sent', { email: fields['email'] ?? '' }) },
    });
  }

  /** Only a button: mail scanners open every link they see. */
  @Get('bevestigen/:token')
  showLink(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const title = this.pages.say(request, 'offer.confirm-title');
    this.pages.show(request, reply, { view: 'offer-confirm', title, model: { address: request.url } });
  }

  @Post('bevestigen/:token')
  async confirm(
    @Req() request: FastifyRequest<{ Params: { token: string } }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.offering.confirm(request.params.token);
      const title = this.pages.say(request, 'offer.confirmed-title');
      this.pages.show(request, reply, {
        view: 'message',
        title,
        model: { text: this.pages.say(request, 'offer.confirmed') },
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { message } = faultOf(error, request);
      this.pages.show(request, reply, {
        view: 'message',
        title: message,
        status: 410,
        model: { text: '', back: '/hulp', backLabel: this.pages.say(request, 'offer.title') },
      });
    }
  }

  private errorsIn(request: FastifyRequest, fields: Fields): readonly FieldError[] {
    const needed = ['organisation', 'contactName'].filter((name) => (fields[name] ?? '').trim() === '');
    const errors = needed.map((id) => ({ id, message: this.pages.say(request, `offer.error-${id}`) }));
    return isMailbox(fields['email'] ?? '')
      ? errors
      : [...errors, { id: 'email', message: this.pages.say(request, 'offer.error-email') }];
  }

  private form(request: FastifyRequest, reply: FastifyReply, { fields, errors = [], status }: Filled): void {
    const title = this.pages.say(request, 'offer.title');
    const kinds = OFFER_KINDS.map((value) => ({
      value,
      text: this.pages.say(request, `offer.what-${value}`),
      on: fields['what'] === value,
    }));
    const errorFor = Object.fromEntries(errors.map(({ id, message }) => [id, message]));
    this.pages.show(request, reply, {
      view: 'offer',
      title,
      errors,
      status: status ?? (errors.length > 0 ? 422 : 200),
      model: { fields, kinds, errorFor, key: newFormKey() },
    });
  }
}

function offerIn(fields: Fields, place: Pick<HelpOffer, 'region' | 'initiativeId' | 'language'>): HelpOffer {
  const text = (name: string, most = 200): string => (fields[name] ?? '').trim().slice(0, most);
  return {
    ...place,
    ...{
      organisation: text('organisation'),
      kind: text('kind', 40),
      amount: text('amount'),
      description: text('description', 2000),
    },
    ...{
      contactName: text('contactName'),
      email: text('email', 254),
      what: OFFER_KINDS.find((kind) => kind === fields['what']) ?? 'hours',
    },
  };
}
