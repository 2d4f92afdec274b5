import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import { Policy } from '#lib/access';
import { Mailbox } from '#lib/notices';
import { languageOf } from '../edge/problem.filter.js';

const WORDS = {
  nl: { title: 'Postbus', none: 'Er is nog geen bericht.', to: 'Aan' },
  en: { title: 'Mailbox', none: 'There is no message yet.', to: 'To' },
};

/** The mails are people's own text: Handlebars escapes every value. */
const PAGE = Handlebars.compile(
  `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{words.title}} · Regioloket</title></head>
<body><main><h1>{{words.title}}</h1>
{{#each mails}}<article><h2>{{subject}}</h2><p>{{../words.to}}: {{to}}</p><pre>{{text}}</pre></article>
{{else}}<p>{{words.none}}</p>
{{/each}}</main></body>
</html>`,
  { strict: true },
);

@ApiExcludeController()
@Controller('mailbox')
@Policy('development-mailbox')
export class MailboxPageController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  show(@Req() request: FastifyRequest): string {
    const language = languageOf(request);
    return PAGE({ language, words: WORDS[language], mails: this.mailbox.list() });
  }
}
