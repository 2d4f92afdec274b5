import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { languageOf } from '../edge/problem.filter.js';

const WORDS = {
  nl: {
    lead: 'Aanvragen voor innovatie in wetenschap en technologie, beoordeeld in uw regio.',
    api: 'Documentatie van de API',
    ready: 'Toestand van de dienst',
  },
  en: {
    lead: 'Proposals for innovation in science and technology, reviewed in your region.',
    api: 'API documentation',
    ready: 'State of the service',
  },
};

@ApiExcludeController()
@Controller()
@Policy('public')
export class StartPageController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  show(@Req() request: FastifyRequest): string {
    const language = languageOf(request);
    const words = WORDS[language];
    return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Regioloket</title></head>
<body><main><h1>Regioloket</h1><p>${words.lead}</p>
<ul><li><a href="/api/v1/openapi.json">${words.api}</a></li><li><a href="/readyz">${words.ready}</a></li></ul></main></body>
</html>`;
  }
}
