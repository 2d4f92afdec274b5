import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import { Policy } from '#lib/access';
import { Mailbox } from '#lib/notices';
import { languageOf } from '../edge/problem.filter.js';
import { page } from '../pages/layout.js';

const WORDS = {
  nl: {
    title: 'Postbus',
    none: 'Er is geen bericht.',
    to: 'Aan',
    address: 'E-mailadres van de ontvanger',
    show: 'Toon berichten',
    count: (shown: number, all: number) => `De nieuwste ${shown} van ${all} berichten.`,
  },
  en: {
    title: 'Mailbox',
    none: 'There is no message.',
    to: 'To',
    address: 'E-mail address of the recipient',
    show: 'Show messages',
    count: (shown: number, all: number) => `The newest ${shown} of ${all} messages.`,
  },
};

const SHOWN = 50;

/** The mails are people's own text: Handlebars escapes every value. */
const BODY = Handlebars.compile(
  `<h1>{{words.title}}</h1>
<form method="get" action="/mailbox"><div><label for="to">{{words.address}}</label><input id="to" name="to" type="email" value="{{to}}" autocomplete="off"></div>
<button type="submit">{{words.show}}</button></form>
<p>{{#if mails.length}}{{count}}{{else}}{{words.none}}{{/if}}</p>
{{#each mails}}<article><h2>{{subject}}</h2><p>{{../words.to}}: {{to}}</p><pre>{{text}}</pre></article>
{{/each}}`,
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
  show(@Query('to') asked: unknown, @Req() request: FastifyRequest): string {
    const language = languageOf(request);
    const words = WORDS[language];
    const to = typeof asked === 'string' ? asked.trim() : '';
    const all = this.mailbox.list(to === '' ? undefined : to);
    const mails = all.slice(0, SHOWN);
    const count = words.count(mails.length, all.length);
    return page(language, words.title, BODY({ words, to, mails, count }));
  }
}
