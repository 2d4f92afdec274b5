import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import {
  AnswerConsultationDto,
  ConsultRegion,
  ConsultRegionDto,
  MatchOffer,
  MatchOfferDto,
  type Consultation,
  type OfferView,
} from '#lib/intake';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { personOf, viewerOf } from '../edge/request-facts.js';
import { InitiativeCases } from './initiative-case.js';
import { listOf } from '../edge/described.js';
import { CONSULTATION, OFFER } from './answers/initiative.js';
import { Subjects } from './subjects.js';

/** What the desk does with an initiative besides moving it: match an offer, ask another network. */
@ApiTags('initiatives')
@Controller('api/v1/initiatives/:id')
@Policy('by-scope')
export class InitiativeHelpController {
  constructor(
    private readonly subjects: Subjects,
    private readonly cases: InitiativeCases,
    private readonly matching: MatchOffer,
    private readonly consulting: ConsultRegion,
  ) {}

  @Get('offers')
  @Documented({
    summary: 'Confirmed offers that could suit, for the desk; empty for others.',
    answer: listOf(OFFER),
  })
  async offers(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<readonly OfferView[]> {
    return (await this.cases.read(id, request)).offers;
  }

  @Post('matches')
  @HttpCode(204)
  @Documented({
    summary: 'Brings an initiative and an offer together, by the desk; each hears of the other. Twice is once.',
    ...{ status: 204, refusals: ['offer-not-available'] },
  })
  async match(
    @Param('id', IdPipe) initiativeId: string,
    @Body() { offerId }: MatchOfferDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const region = await this.subjects.regionOf('initiative', initiativeId);
    await this.matching.execute(viewerOf(request), region, { initiativeId, offerId });
  }

  @Get('consultations')
  @Documented({
    summary: 'The networks that were asked and what they answered, for the desks concerned; empty for the initiator.',
    answer: listOf(CONSULTATION),
  })
  async consultations(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
  ): Promise<readonly Consultation[]> {
    const { region, consulted } = (await this.cases.read(id, request)).initiative;
    return this.consulting.list(id, [region, ...consulted], personOf(request));
  }

  @Post('consultations')
  @HttpCode(204)
  @Documented({ summary: 'Asks another network to look along, by the desk that leads. Twice is once.', status: 204 })
  async consult(
    @Param('id', IdPipe) id: string,
    @Body() { region }: ConsultRegionDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const lead = await this.subjects.regionOf('initiative', id);
    await this.consulting.ask(viewerOf(request), { id, lead, region });
  }

  @Put('consultations/:region')
  @HttpCode(204)
  @Documented({ summary: 'Answers as the desk of the network that was asked.', status: 204 })
  async answer(
    @Param('id', IdPipe) id: string,
    @Param('region') region: string,
    @Body() { text }: AnswerConsultationDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.consulting.answer(viewerOf(request), { id, region, text });
  }
}
