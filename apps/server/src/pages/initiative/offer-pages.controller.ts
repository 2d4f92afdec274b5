import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { OFFER_KINDS, OfferedTooOften, OfferHelp, type HelpOffer, type LinkedOffer } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { isMailbox } from '#lib/people';
import { languageOf } from '../../edge/language.js';
import { faultOf } from '../fault.js';
import { fieldsOf, newFormKey, textIn, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { OfferPlaces } from './offer-places.js';

/** The form as it was filled in, and what is wrong with it. */
interface Filled {
  readonly fields: Fields;
  readonly errors?: readonly FieldError[];
  readonly status?: number;
}

type WithToken = FastifyRequest<{ Params: { token: string } }>;

/** A partner offers help, with or without an account; a mailed link makes it count. */
@ApiExcludeController()
@Controller('hulp')
@Policy('public')
export class OfferPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly offering: OfferHelp,
    private readonly places: OfferPlaces,
  ) {}

  @Get()
  async show(
    @Query('initiatief') initiative: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.form(request, reply, { fields: { initiative: typeof initiative === 'string' ? initiative : '' } });
  }

  @Post()
  async offer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const errors = this.errorsIn(request, fields);
    if (errors.length > 0) {
      await this.form(request, reply, { fields, errors });
      return;
    }
    const initiativeId = isUUID(fields['initiative'] ?? '') ? (fields['initiative'] ?? '') : null;
    const region = await this.places.regionOf(initiativeId, fields['network'] ?? '', request);
    const offer = offerIn(fields, { region, initiativeId, language: languageOf(request) });
    try {
      await this.offering.execute(offer, request.viewer?.id ?? null, request.ip);
    } catch (error) {
      if (!(error instanceof OfferedTooOften)) throw error;
      const { message, status } = faultOf(error, request);
      await this.form(request, reply, { fields, errors: [{ id: 'email', message }], status });
      return;
    }
    const title = this.pages.say(request, 'offer.sent-title');
    this.pages.show(request, reply, {
      view: 'message',
      title,
      model: { text: this.pages.say(request, 'offer.sent', { email: fields['email'] ?? '' }) },
    });
  }

  /** Only buttons: mail scanners open every link they see. */
  @Get('bevestigen/:token')
  async showLink(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    await this.byLink({ request, reply }, async (token) => {
      const offer = await this.offering.read(token);
      const title = this.pages.say(request, titleOf(offer));
      this.pages.show(request, reply, { view: 'offer-confirm', title, model: { address: request.url, offer } });
    });
  }

  @Post('bevestigen/:token')
  async confirm(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    await this.byLink({ request, reply }, async (token) => {
      await this.offering.confirm(token);
      this.told({ request, reply }, 'confirmed');
    });
  }

  @Post('bevestigen/:token/intrekken')
  async withdraw(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    await this.byLink({ request, reply }, async (token) => {
      await this.offering.withdraw(token);
      this.told({ request, reply }, 'withdrawn');
    });
  }

  /** What a link asks for; a link that does not hold says so. */
  private async byLink(
    { request, reply }: { request: WithToken; reply: FastifyReply },
    act: (token: string) => Promise<void>,
  ): Promise<void> {
    try {
      await act(request.params.token);
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

  private told({ request, reply }: { request: FastifyRequest; reply: FastifyReply }, what: string): void {
    const title = this.pages.say(request, `offer.${what}-title`);
    this.pages.show(request, reply, {
      view: 'message',
      title,
      model: { text: this.pages.say(request, `offer.${what}`) },
    });
  }

  private errorsIn(request: FastifyRequest, fields: Fields): readonly FieldError[] {
    const needed = ['organisation', 'kind', 'contactName'].filter((name) => (fields[name] ?? '').trim() === '');
    const errors = needed.map((id) => ({ id, message: this.pages.say(request, `offer.error-${id}`) }));
    return isMailbox(fields['email'] ?? '')
      ? errors
      : [...errors, { id: 'email', message: this.pages.say(request, 'offer.error-email') }];
  }

  private async form(
    request: FastifyRequest,
    reply: FastifyReply,
    { fields, errors = [], status }: Filled,
  ): Promise<void> {
    const wanted = await this.places.wanted(fields['initiative'] ?? '');
    const networks = await this.places.networks(request);
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
      model: {
        ...{ fields, kinds, errorFor, wanted, key: newFormKey() },
        networks: networks.map(({ region, name }) => ({ value: region, name, on: region === fields['network'] })),
      },
    });
  }
}

function titleOf({ confirmed, withdrawn }: LinkedOffer): string {
  if (withdrawn) return 'offer.withdrawn-title';
  return confirmed ? 'offer.yours-title' : 'offer.confirm-title';
}

function offerIn(fields: Fields, place: Pick<HelpOffer, 'region' | 'initiativeId' | 'language'>): HelpOffer {
  const text = (name: string, most = 200): string => textIn(fields, name, most);
  return {
    ...place,
    ...{
      organisation: text('organisation'),
      kind: text('kind', 40),
      amount: text('amount'),
      place: text('place', 100),
      description: text('description', 2000),
    },
    ...{
      contactName: text('contactName'),
      email: text('email', 254),
      what: OFFER_KINDS.find((kind) => kind === fields['what']) ?? 'hours',
    },
  };
}
