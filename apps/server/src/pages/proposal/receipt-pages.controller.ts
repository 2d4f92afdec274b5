import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { downloadHeaders } from '#lib/files';
import { canonicalJson } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { ProposalReader } from '../../round/proposal-reader.js';
import { IssuedPrints } from '../decision/issued-prints.js';
import { Pages } from '../pages.js';
import { ProposalCases } from './proposal-case.js';
import { receivedView } from './read.view.js';

/** The copy that belongs to a receipt: what was received, to read, to print, and to prove. */
@ApiExcludeController()
@Controller('aanvragen/:id/ontvangen/:receipt')
@Policy('by-scope')
export class ReceiptPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly reader: ProposalReader,
    private readonly prints: IssuedPrints,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Param('receipt', IdPipe) receiptId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const receipt = await this.reader.receipt(id, receiptId, request);
    const { proposal, call, form } = await this.cases.read(id, request);
    const language = languageOf(request);
    const title = this.pages.say(request, 'proposal.copy-title');
    this.pages.show(request, reply, {
      view: 'receipt',
      title,
      crumbs: [{ href: `/aanvragen/${id}`, label: proposal.number }, { label: title }],
      model: {
        ...{ receipt, proposal, callName: call.name[language] },
        parts: receivedView(form, receipt.content, this.pages.words(request)),
      },
    });
  }

  /** The confirmation as it was issued. */
  @Get('bevestiging.pdf')
  async print(
    @Param('id', IdPipe) id: string,
    @Param('receipt', IdPipe) receiptId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { documentId } = await this.reader.receipt(id, receiptId, request);
    if (documentId === null) throw new SubjectNotFound('document', receiptId);
    const { proposal } = await this.cases.read(id, request);
    const { region, number } = proposal;
    await this.prints.send({ request, reply }, { id: documentId, region, kind: 'receipt', number });
  }

  /** The very bytes whose SHA-256 the receipt names; staff read the account masked, so theirs would be others. */
  @Get('kopie.json')
  async download(
    @Param('id', IdPipe) id: string,
    @Param('receipt', IdPipe) receiptId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal } = await this.cases.read(id, request);
    if (!proposal.isOwn) throw new SubjectNotFound('receipt', receiptId);
    const { content } = await this.reader.receipt(id, receiptId, request);
    const bytes = Buffer.from(canonicalJson(content), 'utf8');
    const name = `${proposal.number.replace(/[^\w-]/g, '')}.json`;
    void reply.headers(downloadHeaders({ name, mediaType: 'application/json', bytes: bytes.length })).send(bytes);
  }
}
