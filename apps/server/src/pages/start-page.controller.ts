import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import { Policy } from '#lib/access';
import { languageOf } from '../edge/problem.filter.js';
import { ServerState } from '../server-state.js';
import { page } from './layout.js';

const WORDS = {
  nl: {
    title: 'Start',
    lead: 'Aanvragen voor innovatie in wetenschap en technologie, beoordeeld in uw regio.',
    api: 'Documentatie van de API',
    ready: 'Toestand van de dienst',
    mailbox: 'Postbus van deze installatie',
  },
  en: {
    title: 'Start',
    lead: 'Proposals for innovation in science and technology, reviewed in your region.',
    api: 'API documentation',
    ready: 'State of the service',
    mailbox: 'Mailbox of this installation',
  },
};

const BODY = Handlebars.compile(
  `<h1>Regioloket</h1><p>{{words.lead}}</p>
<ul><li><a href="/api/v1/openapi.json">{{words.api}}</a></li><li><a href="/readyz">{{words.ready}}</a></li>
{{#if hasMailbox}}<li><a href="/mailbox">{{words.mailbox}}</a></li>{{/if}}</ul>`,
  { strict: true },
);

@ApiExcludeController()
@Controller()
@Policy('public')
export class StartPageController {
  constructor(private readonly state: ServerState) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  show(@Req() request: FastifyRequest): string {
    const language = languageOf(request);
    const words = WORDS[language];
    return page(language, words.title, BODY({ words, hasMailbox: this.state.hasMailbox }));
  }
}
