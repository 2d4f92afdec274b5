import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { languageOf } from '../../edge/language.js';
import { ProposalCases } from '../proposal/proposal-case.js';
import { openPointsView } from '../proposal/read.view.js';
import { ActionForms, type ActionSubject } from './action-forms.js';

/** Acts on a proposal. */
@ApiExcludeController()
@Controller('aanvragen/:id/acties/:action')
@Policy('by-scope')
export class ProposalActionController {
  constructor(
    private readonly cases: ProposalCases,
    private readonly forms: ActionForms,
  ) {}

  @Get()
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.forms.show({ request, reply }, await this.subject(id, request), action);
  }

  @Post()
  async act(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.forms.act({ request, reply }, await this.subject(id, request), action);
  }

  private async subject(id: string, request: FastifyRequest): Promise<ActionSubject> {
    const found = await this.cases.read(id, request);
    const language = languageOf(request);
    const { region, number, title, actions } = found.proposal;
    return {
      ...{ kind: 'proposal', id, region, number, title, actions, href: `/aanvragen/${id}` },
      open: openPointsView(found, language),
      criteria: found.call.rubric.criteria.map(({ key, label }) => ({ key, name: label[language] })),
    };
  }
}
