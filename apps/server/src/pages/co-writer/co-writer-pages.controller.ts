import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { listCoWriters, WriteCoWriters } from '#lib/intake';
import { isMailbox } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf, viewerOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey, textIn, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { isInHand, ProposalCases } from '../proposal/proposal-case.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Who writes along on a proposal: inviting a colleague, ending it, and leaving. */
@ApiExcludeController()
@Controller('aanvragen/:id/meeschrijvers')
@Policy('by-scope')
export class CoWriterPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly subjects: Subjects,
    private readonly writing: WriteCoWriters,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(id, { request, reply });
  }

  @Post()
  async invite(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal } = await this.cases.readOwn(id, request);
    const fields = fieldsOf(request);
    const [name, email] = [textIn(fields, 'name', 200), (fields['email'] ?? '').trim()];
    const errors: FieldError[] = [];
    if (name === '') errors.push({ id: 'name', message: this.pages.say(request, 'co-writer.error-name') });
    if (!isMailbox(email)) errors.push({ id: 'email', message: this.pages.say(request, 'party.error-email') });
    if (errors.length > 0) {
      await this.page(id, { request, reply }, fields, errors);
      return;
    }
    const place = { viewer: viewerOf(request), region: proposal.region, key: formKeyOf(request) };
    try {
      await this.writing.invite(id, { name, email, language: languageOf(request) }, place);
      void reply.redirect(`/aanvragen/${id}/meeschrijvers`, 303);
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      await this.page(id, { request, reply }, fields, [{ id: 'email', message }]);
    }
  }

  @Post('stop')
  async leave(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const region = await this.subjects.regionOf('proposal', id);
    await this.writing.leave(id, { viewer: viewerOf(request), region });
    void reply.redirect('/', 303);
  }

  @Post(':coWriter/weg')
  async end(
    @Param('id', IdPipe) id: string,
    @Param('coWriter', IdPipe) coWriter: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const region = await this.subjects.regionOf('proposal', id);
    await this.writing.end(id, coWriter, { viewer: viewerOf(request), region });
    void reply.redirect(`/aanvragen/${id}/meeschrijvers`, 303);
  }

  private async page(
    id: string,
    { request, reply }: Exchange,
    fields: Fields = {},
    errors: readonly FieldError[] = [],
  ): Promise<void> {
    const { proposal } = await this.cases.readWritten(id, request);
    const all = await this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => listCoWriters(tx, id));
    const title = this.pages.say(request, proposal.isOwn ? 'co-writer.title' : 'co-writer.you');
    this.pages.show(request, reply, {
      ...{ view: 'co-writers', title, errors, status: errors.length > 0 ? 422 : 200 },
      crumbs: [{ href: `/aanvragen/${id}`, label: proposal.number }, { label: title }],
      model: {
        ...{ proposal, all, fields, key: newFormKey(), mayInvite: proposal.isOwn && isInHand(proposal) },
        errorFor: Object.fromEntries(errors.map((one) => [one.id, one.message])),
      },
    });
  }
}
