import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AskOpening, NothingToTell, OpeningAskedTooOften, type OpeningWish } from '#lib/intake';
import { isMailbox } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, newFormKey, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { OpeningChoices } from './opening-choices.js';

/** The form as it was filled in, and what is wrong with it. */
interface Filled {
  readonly fields: Fields;
  readonly errors?: readonly FieldError[];
  readonly status?: number;
}

/** Whoever wants to hear when a call opens asks it here; who is signed in sees what waits, and ends it. */
@ApiExcludeController()
@Controller('meldingen')
@Policy('public')
export class OpeningPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly asking: AskOpening,
    private readonly choices: OpeningChoices,
  ) {}

  @Get()
  async show(
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.form(request, reply, { fields: { wish: wishIn(query) } });
  }

  @Post()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const chosen = (await this.choices.list(request)).find(({ value }) => value === fields['wish']);
    const errors = this.errorsIn(request, fields, chosen !== undefined);
    if (chosen === undefined || errors.length > 0) return this.form(request, reply, { fields, errors });
    try {
      await this.take(chosen.wish, fields, request);
    } catch (error) {
      if (!(error instanceof OpeningAskedTooOften || error instanceof NothingToTell)) throw error;
      const { message, status } = faultOf(error, request);
      return this.form(request, reply, { fields, errors: [{ id: 'wish', message }], status });
    }
    if (request.viewer?.id != null) void reply.redirect('/meldingen', 303);
    else this.sent(request, reply, fields['email'] ?? '');
  }

  @Post('eigen/:id/stop')
  @Policy('self')
  async endOwn(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.asking.endOwn(personOf(request), id);
    void reply.redirect('/meldingen', 303);
  }

  private errorsIn(request: FastifyRequest, fields: Fields, isChosen: boolean): readonly FieldError[] {
    const needsAddress = request.viewer?.id == null && !isMailbox(fields['email'] ?? '');
    const wish = { id: 'wish', message: this.pages.say(request, 'opening.error-wish') };
    const email = { id: 'email', message: this.pages.say(request, 'offer.error-email') };
    return [...(isChosen ? [] : [wish]), ...(needsAddress ? [email] : [])];
  }

  private async take(wish: OpeningWish, fields: Fields, request: FastifyRequest): Promise<void> {
    const { viewer, ip } = request;
    if (viewer?.id != null) await this.asking.askOwn(wish, viewer.id);
    else await this.asking.ask(wish, fields['email'] ?? '', ip);
  }

  private sent(request: FastifyRequest, reply: FastifyReply, email: string): void {
    this.pages.show(request, reply, {
      view: 'message',
      title: this.pages.say(request, 'account.link-sent-title'),
      model: { text: this.pages.say(request, 'opening.sent', { email }) },
    });
  }

  private async form(
    request: FastifyRequest,
    reply: FastifyReply,
    { fields, errors = [], status }: Filled,
  ): Promise<void> {
    const language = languageOf(request);
    const person = request.viewer?.id ?? null;
    const own = person === null ? [] : await this.asking.own(person);
    const options = (await this.choices.list(request)).map(({ value, text }) => ({
      ...{ value, text },
      on: value === fields['wish'],
    }));
    this.pages.show(request, reply, {
      view: 'openings',
      title: this.pages.say(request, 'opening.title'),
      errors,
      status: status ?? (errors.length > 0 ? 422 : 200),
      model: {
        ...{ fields, options, key: newFormKey(), isSignedIn: person !== null },
        errorFor: Object.fromEntries(errors.map(({ id, message }) => [id, message])),
        own: own.map(({ id, region, call, callId }) => ({
          ...{ id, region: region[language], call: call?.[language] ?? null, callId },
        })),
      },
    });
  }
}

/** What a link to the form asks for: `?ronde=…` or `?netwerk=…`. */
function wishIn({ ronde, netwerk }: Readonly<Record<string, unknown>>): string {
  if (typeof ronde === 'string') return `ronde:${ronde}`;
  return typeof netwerk === 'string' ? `netwerk:${netwerk}` : '';
}
