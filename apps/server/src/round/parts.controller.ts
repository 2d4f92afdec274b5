import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy, type Page } from '#lib/access';
import {
  AnswerByLinkDto,
  AnswerPart,
  AnswerPartDto,
  listMandatedParts,
  type MandatedPart,
  type OpenPart,
  type PartAnswer,
} from '#lib/intake';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { personOf, viewerOf } from '../edge/request-facts.js';
import { pageOf } from '../edge/described.js';
import { PART, PART_ROW } from './answers/party.js';
import { PageQuery } from './page.query.js';
import { Subjects } from './subjects.js';

const REFUSALS = ['part-answered-already', 'part-was-changed'];

/** Parts of proposals that were asked of schools: answered by a mandate of their board, or by the link in a mail. */
@ApiTags('parties')
@Controller('api/v1')
@Policy('by-scope')
export class PartsController {
  constructor(
    private readonly subjects: Subjects,
    private readonly answering: AnswerPart,
  ) {}

  @Get('parts')
  @Policy('self')
  @Documented({
    summary: 'The parts asked of schools and boards for which one has a mandate to confirm.',
    ...{ answer: pageOf(PART_ROW), faults: ['cursor-is-wrong'] },
  })
  async list(@Query() query: PageQuery, @Req() request: FastifyRequest): Promise<Page<MandatedPart>> {
    const page = PageQuery.pageOf(query);
    const own = await this.subjects.readOwn(personOf(request), (tx) => listMandatedParts(tx, page));
    return own ?? { items: [], next: null };
  }

  @Get('parts/:id')
  @Documented({ summary: 'One part, and for which proposal it is asked; nothing else of it.', answer: PART })
  read(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<OpenPart> {
    return this.answering.readByMandate(id, personOf(request));
  }

  @Post('parts/:id/answer')
  @HttpCode(204)
  @Documented({ summary: 'Confirms or declines a part by a mandate.', status: 204, refusals: REFUSALS })
  answer(@Param('id', IdPipe) id: string, @Body() body: AnswerPartDto, @Req() request: FastifyRequest): Promise<void> {
    const viewer = viewerOf(request);
    return this.answering.answerByMandate(viewer, id, answerIn(body, viewer.name));
  }

  @Get('part-links/:token')
  @Policy('public')
  @Documented({
    summary: 'The part that a mailed link opens, and for which proposal it is asked.',
    ...{ answer: PART, refusals: ['party-link-not-valid'] },
  })
  readByLink(@Param('token') token: string): Promise<OpenPart> {
    return this.answering.read(token);
  }

  @Post('part-links/:token/answer')
  @Policy('public')
  @HttpCode(204)
  @Documented({
    summary: 'Confirms or declines a part by its mailed link.',
    ...{ status: 204, refusals: ['party-link-not-valid', ...REFUSALS] },
  })
  answerByLink(@Param('token') token: string, @Body() body: AnswerByLinkDto): Promise<void> {
    return this.answering.answer(token, answerIn(body, body.name));
  }
}

function answerIn({ kind, position = '', reason = '' }: AnswerPartDto, name: string): PartAnswer {
  return kind === 'confirm' ? { kind, name, position } : { kind, name, reason };
}
