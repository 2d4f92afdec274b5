import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AssignReviewer, listSeats, readAssignments } from '#lib/committee';
import { readBoard, type BoardRow } from '#lib/decision';
import { DomainError } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { viewerOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { CallCases } from './call-case.js';

/** Who reviews what (C5): members without an interest to choose from, the others with the reason why not. */
@ApiExcludeController()
@Controller('rondes/:id/toewijzen')
@Policy('by-scope')
export class AssignPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly assigning: AssignReviewer,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(id, request, reply, null);
  }

  @Post()
  async assign(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal: proposalId = '', reviewer: reviewerId = '' } = fieldsOf(request);
    if (!isUUID(proposalId) || !isUUID(reviewerId)) {
      await this.page(id, request, reply, this.pages.say(request, 'call.assign-whom'));
      return;
    }
    try {
      const { call } = await this.cases.read(id, request);
      const place = { region: call.region, receivedAt: request.receivedAt, key: formKeyOf(request) };
      await this.assigning.execute(viewerOf(request), { proposalId, reviewerId }, place);
      void reply.redirect(`/rondes/${id}/toewijzen#${proposalId}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      await this.page(id, request, reply, faultOf(error, request).message);
    }
  }

  private async page(id: string, request: FastifyRequest, reply: FastifyReply, fault: string | null): Promise<void> {
    await this.cases.readForStaff(id, request, async (tx, { call, rules }) => {
      const rows = (await readBoard(tx, id)).filter(({ phase }) => phase === 'screening' || phase === 'in-review');
      const seats = (await listSeats(tx, id)).filter(({ endedAt }) => endedAt === null);
      const assigned = await readAssignments(tx, id);
      const needed = rules.regulation.committee.reviewsPerProposal;
      const items = rows.map((row) => {
        const of = assigned.filter(({ proposalId }) => proposalId === row.id);
        const taken = new Set(of.map(({ personId }) => personId));
        const names = seats
          .filter(({ personId }) => of.some((one) => one.personId === personId && !one.isInterest))
          .map(({ name }) => name);
        const barred = seats
          .filter(({ personId }) => of.some((one) => one.personId === personId && one.isInterest))
          .map(({ name }) => name);
        const open = seats.filter(({ personId }) => !taken.has(personId));
        return {
          ...row,
          names,
          barred,
          open,
          isShort: row.reviewsAsked < needed + (differsTooMuch(row, rules) ? 1 : 0),
          isApart: differsTooMuch(row, rules),
          key: newFormKey(),
          canStart: row.phase === 'screening' && row.reviewsAsked > 0,
        };
      });
      const title = this.pages.say(request, 'call.assign');
      this.pages.show(request, reply, {
        view: 'assign',
        title,
        crumbs: [{ href: `/rondes/${id}`, label: call.name[languageOf(request)] }, { label: title }],
        model: { call, needed, items },
        ...(fault === null ? {} : { errors: [{ id: 'inhoud', message: fault }], status: 422 }),
      });
    });
  }
}

/** Sums of decimals are off by less than this. */
const SLACK = 1e-9;

/** Whether the reviews that are in lie so far apart that the rubric asks for one more. */
function differsTooMuch({ reviewTotals }: BoardRow, { regulation }: CallRules): boolean {
  const { extraReview } = regulation.rubric;
  if (extraReview === undefined || reviewTotals.length < 2) return false;
  const difference = Math.max(...reviewTotals) - Math.min(...reviewTotals);
  return difference + SLACK >= Number(extraReview.whenTotalsDifferBy);
}
