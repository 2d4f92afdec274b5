import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { readBoard } from '#lib/decision';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { Pages } from '../pages.js';
import { standingKey } from '../proposal/standing.js';
import { CallCases } from './call-case.js';

/** What a call's staff have in hand: every proposal with where it stands. */
@ApiExcludeController()
@Controller('rondes/:id/aanvragen')
@Policy('by-scope')
export class CallWorkController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
  ) {}

  @Get()
  async list(
    @Param('id', IdPipe) id: string,
    @Query('fase') phase: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.readForStaff(id, request, async (tx, { call }) => {
      const rows = await readBoard(tx, id);
      const phases = [...new Set(rows.map((row) => row.phase))];
      const shown = phases.find((one) => one === phase) ?? null;
      const items = rows
        .filter((row) => shown === null || row.phase === shown)
        .map((row) => ({ ...row, text: standingKey(row) }));
      const title = this.pages.say(request, 'call.proposals');
      this.pages.show(request, reply, {
        view: 'call-proposals',
        title,
        crumbs: [{ href: `/rondes/${id}`, label: call.name[languageOf(request)] }, { label: title }],
        model: {
          call,
          items,
          phases: phases.map((one) => ({ value: one, text: `proposal.phase-${one}`, on: one === shown })),
        },
      });
    });
  }
}
