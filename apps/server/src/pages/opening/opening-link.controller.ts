import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AskOpening } from '#lib/intake';
import { languageOf } from '../../edge/language.js';
import { TAKES_FILES } from '../../edge/upload.js';
import { fieldsOf } from '../form-fields.js';
import { Pages } from '../pages.js';

type WithToken = FastifyRequest<{ Params: { token: string } }>;

/** What a mailed link confirms and ends. */
@ApiExcludeController()
@Controller('meldingen')
@Policy('public')
export class OpeningLinkController {
  constructor(
    private readonly pages: Pages,
    private readonly asking: AskOpening,
  ) {}

  /** Only buttons: mail scanners open every link they see. */
  @Get(':token')
  async show(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.asking.byLink(request.params.token);
    const language = languageOf(request);
    if (found.length === 0) {
      this.told(request, reply, 'over');
      return;
    }
    this.pages.show(request, reply, {
      view: 'opening-link',
      title: this.pages.say(request, 'opening.link-title'),
      model: {
        address: request.url,
        rows: found.map(({ region, call }) => ({ region: region[language], call: call?.[language] ?? null })),
        mayConfirm: found.some(({ confirmed, opensLater }) => !confirmed && opensLater),
        isConfirmed: found.every(({ confirmed }) => confirmed),
        openCall: found.find(({ confirmed, opensLater }) => !confirmed && !opensLater)?.callId ?? null,
      },
    });
  }

  /** A mail program ends it by itself (RFC 8058), as a form with or without parts: whatever does not confirm ends. */
  @Post(':token')
  @RouteConfig(TAKES_FILES)
  async act(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    const { token } = request.params;
    if (fieldsOf(request)['_action'] === 'confirm') {
      this.told(request, reply, (await this.asking.confirm(token)) ? 'confirmed' : 'over');
      return;
    }
    await this.asking.end(token);
    this.told(request, reply, 'ended');
  }

  private told(request: FastifyRequest, reply: FastifyReply, what: 'confirmed' | 'ended' | 'over'): void {
    this.pages.show(request, reply, {
      view: 'message',
      title: this.pages.say(request, `opening.${what}-title`),
      model: {
        text: this.pages.say(request, `opening.${what}`),
        ...{ back: '/rondes', backLabel: this.pages.say(request, 'start.see-calls') },
      },
    });
  }
}
