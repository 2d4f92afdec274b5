import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, type Page } from '#lib/access';
import { Database } from '#lib/database';
import { readLots, type LotsView } from '#lib/decision';
import { Engine, SubjectNotFound } from '#lib/engine';
import {
  CreateCall,
  listCalls,
  readCall,
  readRegulationInForce,
  type CallView,
  type PublicRegulation,
} from '#lib/regulation';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { languageOf } from '../edge/language.js';
import { actorOf, keyOf, personOf, tagWith } from '../edge/request-facts.js';
import { CreateCallDto } from './call.dto.js';
import { listOf, pageOf } from '../edge/described.js';
import { CALL, CALL_ROW, LOTS } from './answers/call.js';
import { REGULATION } from './answers/regulation.js';
import { CREATED } from './answers/shared.js';
import { PageQuery } from './page.query.js';
import { Subjects } from './subjects.js';
import { situationView, type SituationView } from './subject-view.js';

export type CallAnswer = CallView & SituationView;

@ApiTags('calls')
@Controller('api/v1')
export class CallsController {
  constructor(
    private readonly database: Database,
    private readonly subjects: Subjects,
    private readonly engine: Engine,
    private readonly creating: CreateCall,
  ) {}

  @Get('regions/:region/regulations/:programme')
  @Policy('public')
  @Documented({
    summary: 'The regulation in force of a region.',
    answer: REGULATION,
  })
  async regulation(@Param('region') region: string, @Param('programme') programme: string): Promise<PublicRegulation> {
    return this.database.unit({ regions: [region], actor: null, readOnly: true }, (tx) =>
      readRegulationInForce(tx, region, programme),
    );
  }

  @Get('regions/:region/calls')
  @Policy('public')
  @Documented({
    summary: 'The calls of a region that the viewer may see, by number.',
    answer: pageOf(CALL_ROW),
    faults: ['cursor-is-wrong'],
  })
  async list(
    @Param('region') region: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<CallView>> {
    const page = PageQuery.pageOf(query);
    const scope = { regions: [region], actor: request.viewer?.id ?? null, readOnly: true };
    return this.database.unit(scope, (tx) => listCalls(tx, region, page));
  }

  @Post('regions/:region/calls')
  @HttpCode(201)
  @Policy('call-makers')
  @Documented({
    summary: 'Prepares a call on the region’s regulation. Publishing it is an action of somebody else.',
    ...{ status: 201, answer: CREATED, once: true },
    refusals: ['call-number-taken', 'call-closes-before-it-opens', 'distribution-not-supported', 'no-tranche-left'],
  })
  async create(
    @Param('region') region: string,
    @Body() body: CreateCallDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const { programme, number, name, opensAt, closesAt, graceMinutes = 0 } = body;
    const call = { region, programme, number, name: { nl: name.nl, en: name.en }, opensAt, closesAt, graceMinutes };
    const { receivedAt } = request;
    const id = await this.creating.execute(call, { actorId: personOf(request), receivedAt, key: keyOf(request) });
    reply.header('location', `/api/v1/calls/${id}`);
    return { id };
  }

  @Get('calls/:id')
  @Policy('public')
  @Documented({ summary: 'A call with the viewer’s actions.', answer: CALL })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallAnswer> {
    const region = await this.subjects.regionOf('call', id);
    const actor = actorOf(request, region);
    return this.database.unit({ regions: [region], actor: actor.id, readOnly: true }, async (tx) => {
      const call = await readCall(tx, id);
      if (call === null) throw new SubjectNotFound('call', id);
      const look = await this.engine.reader.look(tx, {
        subject: { kind: 'call', id },
        actor,
        receivedAt: request.receivedAt,
      });
      tagWith(reply, { version: call.version, revision: 1 });
      return { ...call, ...situationView(look, languageOf(request)) };
    });
  }

  @Get('calls/:id/lots')
  @Policy('public')
  @Documented({ summary: 'Lots of a call, with all that a stranger needs to recompute them.', answer: listOf(LOTS) })
  async lots(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<readonly LotsView[]> {
    return this.subjects.read({ kind: 'call', id }, request.viewer?.id ?? null, async (tx) => {
      if ((await readCall(tx, id)) === null) throw new SubjectNotFound('call', id);
      return readLots(tx, id);
    });
  }
}
