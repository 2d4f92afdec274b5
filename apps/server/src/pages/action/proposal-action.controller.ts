import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { ProposalCases } from '../proposal/proposal-case.js';
import { askableQuestions } from '../proposal/completion.view.js';
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
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.forms.show({ request, reply }, await this.subject(id, action, request), action);
  }

  @Post()
  async act(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.forms.act({ request, reply }, await this.subject(id, action, request), action);
  }

  private async subject(id: string, action: string, request: FastifyRequest): Promise<ActionSubject> {
    const found = await this.cases.read(id, request);
    const language = languageOf(request);
    const { region, number, title, actions } = found.proposal;
    return {
      ...{ kind: 'proposal', id, region, number, title, actions, href: `/aanvragen/${id}` },
      questions: askableQuestions(found, language),
      quote: action === 'give-view' ? (found.proposal.hearing?.about ?? null) : null,
      criteria: found.call.rubric.criteria.map(({ key, label }) => ({ key, name: label[language] })),
    };
  }
}
