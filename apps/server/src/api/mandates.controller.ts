import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { calendarDate } from '#lib/kernel';
import {
  EndMandate,
  GiveMandate,
  GiveMandateDto,
  MANDATE_KINDS,
  ReadMandates,
  type BoardView,
  type MandateView,
} from '#lib/people';
import { IdPipe } from '../edge/id.pipe.js';
import { date, described, listOf, nullOr, oneOf, orNull } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { keyOf, personOf, viewerOf } from '../edge/request-facts.js';
import { CREATED, ID } from '../round/answers/shared.js';

const SCHOOL = { brin: '90AA', name: 'Basisschool De Regenboog' };
const MANDATE = described<MandateView>('Mandate', {
  id: ID,
  board: '90001',
  boardName: 'Stichting Scholen Voorbeeld',
  holder: 'b.bestuurder@scholen.example',
  holderName: 'B. Bestuurder',
  schools: orNull([SCHOOL]),
  kinds: listOf(oneOf(MANDATE_KINDS, 'confirm')),
  isSignatory: false,
  validFrom: date('2027-01-01'),
  validUntil: nullOr(date('2027-12-31')),
  evidence: orNull('Besluit van 4 januari 2027'),
  givenBy: 'A. Voorbeeld',
  givenAt: '2027-01-05T10:00:00.000000Z',
  endedAt: nullOr('2027-06-01T10:00:00.000000Z'),
  holds: true,
});
const BOARD = described<BoardView>('Board', {
  board: '90001',
  name: 'Stichting Scholen Voorbeeld',
  region: 'noord',
  schools: [SCHOOL],
  byStaff: true,
  mandates: listOf(MANDATE),
});

/** Mandates of school boards: what a person holds, and giving and ending them for a board. */
@ApiTags('mandates')
@Controller('api/v1')
@Policy('by-scope')
export class MandatesController {
  constructor(
    private readonly reading: ReadMandates,
    private readonly giving: GiveMandate,
    private readonly ending: EndMandate,
  ) {}

  @Get('mandates')
  @Policy('self')
  @Documented({ summary: 'The mandates that one holds and held.', answer: listOf(MANDATE) })
  own(@Req() request: FastifyRequest): Promise<readonly MandateView[]> {
    return this.reading.own(personOf(request));
  }

  @Get('boards/:board')
  @Documented({
    summary: 'A school board with its schools and mandates, for who signs for it and for staff of its network.',
    answer: BOARD,
  })
  board(@Param('board') board: string, @Req() request: FastifyRequest): Promise<BoardView> {
    return this.reading.ofBoard(viewerOf(request), board);
  }

  @Post('boards/:board/mandates')
  @HttpCode(201)
  @Documented({
    summary: 'Gives a mandate of a school board, by who signs for it or by staff who say on what it rests.',
    ...{ status: 201, answer: CREATED, once: true },
    refusals: [
      ...['mandate-needs-evidence', 'may-not-name-signatory', 'may-not-mandate-yourself', 'school-of-another-board'],
      'mandate-ends-before-it-starts',
    ],
  })
  async give(
    @Param('board') board: string,
    @Body() body: GiveMandateDto,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    const { holder, holderName, language, kinds, schools, isSignatory = false, evidence } = body;
    const day = (text: string | undefined): ReturnType<typeof calendarDate> | null =>
      text === undefined ? null : calendarDate(text);
    const given = {
      ...{ board, holder, holderName, language, kinds, schools: schools ?? null, isSignatory },
      ...{ validFrom: day(body.validFrom), validUntil: day(body.validUntil), evidence: evidence ?? null },
    };
    return { id: await this.giving.execute(viewerOf(request), given, keyOf(request)) };
  }

  @Delete('mandates/:id')
  @HttpCode(204)
  @Documented({
    summary: 'Ends a mandate, by staff, by who signs for the board, or by its holder; what was done by it stays.',
    status: 204,
  })
  end(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    return this.ending.execute(viewerOf(request), id);
  }
}
