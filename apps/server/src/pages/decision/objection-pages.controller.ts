import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { ownObjection, readDecision, RegisterObjection, type DecisionView, type ObjectionView } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { readProposal, type ProposalView } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';

const MOST = 20_000;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Found {
  readonly proposal: ProposalView;
  readonly decision: DecisionView;
  readonly objection: ObjectionView | null;
}

/** Objecting to a decision: one field, a receipt, and a confirmation by mail. */
@ApiExcludeController()
@Controller('aanvragen/:id/bezwaar')
@Policy('by-scope')
export class ObjectionPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly subjects: Subjects,
    private readonly registering: RegisterObjection,
  ) {}

  @Get()
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.form({ request, reply }, await this.read(id, request), '', []);
  }

  @Post()
  async object(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.read(id, request);
    const reasons = (fieldsOf(request)['reasons'] ?? '').trim().slice(0, MOST);
    if (reasons === '') {
      this.form({ request, reply }, found, reasons, [
        { id: 'reasons', message: this.pages.say(request, 'objection.error') },
      ]);
      return;
    }
    try {
      const { region } = found.proposal;
      await this.registering.execute(id, reasons, {
        actorId: personOf(request),
        region,
        receivedAt: request.receivedAt,
        key: formKeyOf(request),
      });
      void reply.redirect(`/aanvragen/${id}/bezwaar`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.form({ request, reply }, found, reasons, [{ id: 'reasons', message: faultOf(error, request).message }]);
    }
  }

  /** Throws SubjectNotFound unless the viewer applied and the decision was announced. */
  private async read(id: string, request: FastifyRequest): Promise<Found> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      const proposal = await readProposal(tx, id);
      const decision = await readDecision(tx, id);
      if (proposal?.isOwn !== true || decision === null) throw new SubjectNotFound('decision', id);
      return { proposal, decision, objection: await ownObjection(tx, id) };
    });
  }

  private form(
    { request, reply }: Exchange,
    { proposal, decision, objection }: Found,
    reasons: string,
    errors: readonly FieldError[],
  ): void {
    const regime = decision.regime === 'AWB' ? 'awb' : 'reglement';
    const title = this.pages.say(request, `objection.title-${regime}`);
    this.pages.show(request, reply, {
      view: 'objection',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/aanvragen/${proposal.id}/besluit`, label: proposal.number }, { label: title }],
      model: {
        ...{
          proposal,
          objection,
          reasons,
          key: newFormKey(),
          lastDay: decision.objectionLastDay,
          error: errors[0]?.message ?? null,
        },
        isLate: decision.objectionLastDay !== null && request.receivedAt.slice(0, 10) > decision.objectionLastDay,
        send: `objection.send-${regime}`,
      },
    });
  }
}
