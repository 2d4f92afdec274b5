import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, type Page } from '#lib/access';
import { readDecision, type DecisionView } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import {
  CreateProposal,
  listOwnProposals,
  listProposals,
  SaveProposal,
  WriteProposalDto,
  type ProposalRow,
  type ReceiptView,
} from '#lib/intake';
import { readCall } from '#lib/regulation';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { keyOf, personOf, revisionOf, tagWith } from '../edge/request-facts.js';
import { pageOf } from '../edge/described.js';
import { DECISION } from './answers/decision.js';
import { PROPOSAL, PROPOSAL_ROW, RECEIPT } from './answers/proposal.js';
import { CREATED } from './answers/shared.js';
import { PageQuery } from './page.query.js';
import { ProposalReader, type ProposalAnswer } from './proposal-reader.js';
import { Subjects } from './subjects.js';

@ApiTags('proposals')
@Controller('api/v1')
@Policy('by-scope')
export class ProposalsController {
  constructor(
    private readonly subjects: Subjects,
    private readonly reader: ProposalReader,
    private readonly creating: CreateProposal,
    private readonly saving: SaveProposal,
  ) {}

  @Get('proposals')
  @Documented({ summary: 'One’s own proposals.', answer: pageOf(PROPOSAL_ROW), faults: ['cursor-is-wrong'] })
  async own(@Query() query: PageQuery, @Req() request: FastifyRequest): Promise<Page<ProposalRow>> {
    const page = PageQuery.pageOf(query);
    const own = await this.subjects.readOwn(personOf(request), (tx) => listOwnProposals(tx, page));
    return own ?? { items: [], next: null };
  }

  @Get('calls/:id/proposals')
  @Documented({
    summary: 'The proposals of a call that the viewer may see, by number.',
    answer: pageOf(PROPOSAL_ROW),
    faults: ['cursor-is-wrong'],
  })
  async ofCall(
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<ProposalRow>> {
    const page = PageQuery.pageOf(query);
    return this.subjects.read({ kind: 'call', id }, personOf(request), async (tx) => {
      if ((await readCall(tx, id)) === null) throw new SubjectNotFound('call', id);
      return listProposals(tx, id, page);
    });
  }

  @Post('calls/:id/proposals')
  @HttpCode(201)
  @Documented({
    summary: 'Begins a draft; any answer may still be missing.',
    status: 201,
    answer: CREATED,
    once: true,
    refusals: ['call-takes-no-proposals'],
  })
  async create(
    @Param('id', IdPipe) callId: string,
    @Body() body: WriteProposalDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const key = keyOf(request);
    const region = await this.subjects.regionOf('call', callId);
    const { receivedAt } = request;
    const asked = { actorId: personOf(request), region, receivedAt, key };
    const id = await this.creating.execute(callId, writtenIn(body), asked);
    reply.header('location', `/api/v1/proposals/${id}`);
    return { id };
  }

  @Get('proposals/:id')
  @Documented({
    summary: 'A proposal with the viewer’s actions, each allowed or with the reasons why not.',
    answer: PROPOSAL,
  })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProposalAnswer> {
    const proposal = await this.reader.read(id, request);
    tagWith(reply, proposal);
    return proposal;
  }

  @Get('proposals/:id/receipts/:receipt')
  @Documented({
    summary:
      'The copy of what was received, for who applies and for staff; its hash is that of the canonical JSON of its content.',
    answer: RECEIPT,
  })
  async receipt(
    @Param('id', IdPipe) id: string,
    @Param('receipt', IdPipe) receipt: string,
    @Req() request: FastifyRequest,
  ): Promise<ReceiptView> {
    return this.reader.receipt(id, receipt, request);
  }

  @Put('proposals/:id')
  @Documented({
    summary: 'Replaces title and answers, while the proposal is in one’s hands.',
    answer: PROPOSAL,
    replaces: true,
    refusals: ['proposal-not-in-your-hands'],
  })
  async save(
    @Param('id', IdPipe) id: string,
    @Body() body: WriteProposalDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProposalAnswer> {
    const revision = revisionOf(request);
    const region = await this.subjects.regionOf('proposal', id);
    const { receivedAt } = request;
    const asked = { actorId: personOf(request), region, receivedAt };
    await this.saving.execute(id, writtenIn(body), revision, asked);
    return this.read(id, request, reply);
  }

  @Get('proposals/:id/decision')
  @Documented({ summary: 'The decision, from its announcement on.', answer: DECISION })
  async decision(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<DecisionView> {
    const decision = await this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) =>
      readDecision(tx, id),
    );
    if (decision === null) throw new SubjectNotFound('decision', id);
    return decision;
  }
}

/** Instances of DTO classes carry undefined fields of their own; what is stored holds what was sent. */
function writtenIn({ title, content }: WriteProposalDto): { title: string; content: Record<string, unknown> } {
  return { title, content: JSON.parse(JSON.stringify(content ?? {})) as Record<string, unknown> };
}
