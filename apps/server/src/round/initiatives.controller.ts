import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, type Page } from '#lib/access';
import {
  ConvertInitiative,
  ConvertInitiativeDto,
  pageOfInitiatives,
  pageOfOpenInitiatives,
  WriteInitiativeDto,
  type InitiativeRow,
  type InitiativeView,
  type OpenInitiative,
} from '#lib/intake';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { personOf, tagWith, viewerOf } from '../edge/request-facts.js';
import { pageOf } from '../edge/described.js';
import { INITIATIVE, INITIATIVE_ROW, OPEN_INITIATIVE } from './answers/initiative.js';
import { CREATED } from './answers/shared.js';
import { InitiativeCases } from './initiative-case.js';
import { InitiativeWriter } from './initiative-writer.js';
import { PageQuery } from './page.query.js';
import type { SituationView } from './subject-view.js';
import { Subjects } from './subjects.js';

/** Ideas before any proposal: started, registered at a desk, shown to partners by consent, and gone on with as a proposal. */
@ApiTags('initiatives')
@Controller('api/v1/initiatives')
@Policy('by-scope')
export class InitiativesController {
  constructor(
    private readonly subjects: Subjects,
    private readonly cases: InitiativeCases,
    private readonly writing: InitiativeWriter,
    private readonly converting: ConvertInitiative,
  ) {}

  @Get()
  @Documented({
    summary: 'One’s own initiatives, and those at one’s desk, by number.',
    ...{ answer: pageOf(INITIATIVE_ROW), faults: ['cursor-is-wrong'] },
  })
  async list(@Query() query: PageQuery, @Req() request: FastifyRequest): Promise<Page<InitiativeRow>> {
    const page = PageQuery.pageOf(query);
    const found = await this.subjects.readAround(viewerOf(request), (tx) => pageOfInitiatives(tx, page));
    return found ?? { items: [], next: null };
  }

  @Get('open')
  @Policy('public')
  @Documented({
    summary:
      'Initiatives that look for partners, newest first, with the fields of which their initiator let that be known.',
    ...{ answer: pageOf(OPEN_INITIATIVE), faults: ['cursor-is-wrong'] },
  })
  open(@Query() query: PageQuery): Promise<Page<OpenInitiative>> {
    const page = PageQuery.pageOf(query);
    return this.subjects.readEverywhere((tx) => pageOfOpenInitiatives(tx, page));
  }

  @Post()
  @HttpCode(201)
  @Policy('self')
  @Documented({
    summary: 'Starts an initiative as a draft, in the network of its school; the action register hands it to the desk.',
    ...{ status: 201, answer: CREATED, once: true, faults: ['school-unknown'] },
  })
  async start(
    @Body() body: WriteInitiativeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const id = await this.writing.start(body, request);
    reply.header('location', `/api/v1/initiatives/${id}`);
    return { id };
  }

  @Get(':id')
  @Documented({
    summary: 'An initiative with the viewer’s actions, each allowed or with the reasons why not.',
    answer: INITIATIVE,
  })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InitiativeView & SituationView> {
    const { initiative, situation } = await this.cases.read(id, request);
    tagWith(reply, initiative);
    return { ...initiative, ...situation };
  }

  @Put(':id')
  @Documented({
    summary:
      'Replaces what the initiator wrote, until the initiative has ended; a draft goes to the network of its school, what is registered stays.',
    ...{ answer: INITIATIVE, replaces: true, faults: ['school-unknown'], refusals: ['initiative-has-ended'] },
  })
  async save(
    @Param('id', IdPipe) id: string,
    @Body() body: WriteInitiativeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InitiativeView & SituationView> {
    await this.writing.save(id, body, request);
    return this.read(id, request, reply);
  }

  @Post(':id/proposal')
  @HttpCode(201)
  @Documented({
    summary: 'Goes on as a draft proposal in a call of its network; asked again it answers the same proposal.',
    ...{ status: 201, answer: CREATED },
    refusals: ['call-of-another-region', 'call-takes-no-proposals', 'action-not-now', 'move-refused'],
  })
  async convert(
    @Param('id', IdPipe) id: string,
    @Body() { callId }: ConvertInitiativeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const region = await this.subjects.regionOf('initiative', id);
    const callRegion = await this.subjects.regionOf('call', callId);
    const asked = { actorId: personOf(request), receivedAt: request.receivedAt, region, callRegion };
    const proposal = await this.converting.execute(id, callId, asked);
    reply.header('location', `/api/v1/proposals/${proposal}`);
    return { id: proposal };
  }
}
