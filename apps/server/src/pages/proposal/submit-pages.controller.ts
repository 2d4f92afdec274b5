import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Engine } from '#lib/engine';
import { languageOf } from '../../edge/language.js';
import { actorOf } from '../../edge/request-facts.js';
import { formKeyOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { isInHand, ProposalCases } from './proposal-case.js';
import { answersView, conditionsView, openPointsView } from './read.view.js';

/** Checking everything, handing it in, and being sure that it has arrived (I6, I7). Nothing that is open stops a submission. */
@ApiExcludeController()
@Controller('aanvragen/:id')
@Policy('by-scope')
export class SubmitPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly engine: Engine,
  ) {}

  @Get('controleren')
  async check(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    const { proposal, call } = found;
    if (!isInHand(proposal)) {
      void reply.redirect(`/aanvragen/${id}`, 303);
      return;
    }
    const language = languageOf(request);
    const openPoints = openPointsView(found, language);
    const conditions = conditionsView(found, language);
    const unmet = conditions.filter((one) => (one as { verdict: string }).verdict !== 'met');
    const isCompletion = proposal.phase !== 'preparing';
    const act = proposal.actions.find(({ action }) => action === (isCompletion ? 'complete' : 'submit'));
    const say = (key: string): string => this.pages.say(request, key);
    this.pages.show(request, reply, {
      view: 'check',
      title: say(isCompletion ? 'proposal.complete-check' : 'proposal.check-title'),
      crumbs: [
        { href: '/aanvragen', label: say('layout.nav-proposals') },
        { href: `/aanvragen/${id}`, label: proposal.title },
        { label: say('proposal.check-title') },
      ],
      model: {
        ...{ proposal, call, openPoints, unmet, met: conditions.length - unmet.length, of: conditions.length },
        ...{
          parts: answersView(found, language),
          key: newFormKey(),
          refusals: act?.refusals ?? [],
          isAllowed: act?.allowed === true,
        },
        ...{
          isLate: call.closesAt <= request.receivedAt && !isCompletion,
          isCompletion,
          isAnyOpen: openPoints.length + unmet.length > 0,
        },
      },
    });
  }

  @Post('indienen')
  async submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal } = await this.cases.readOwn(id, request);
    const action = proposal.phase === 'screening' ? 'complete' : 'submit';
    await this.engine.act({
      ...{ subject: { kind: 'proposal', id }, action, actor: actorOf(request, proposal.region) },
      ...{ receivedAt: request.receivedAt, key: formKeyOf(request) },
    });
    void reply.redirect(`/aanvragen/${id}/ingediend`, 303);
  }

  @Get('ingediend')
  async submitted(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal, call, terms } = await this.cases.readOwn(id, request);
    const [receipt] = proposal.receipts;
    const isCompletion = proposal.receipts.length > 1;
    const title = this.pages.say(request, isCompletion ? 'proposal.completed-title' : 'proposal.submitted-title');
    const decision = terms.find(({ name }) => name === 'decision');
    const model = {
      proposal,
      receipt,
      call,
      callName: call.name[languageOf(request)],
      decisionBy: decision?.lastDay ?? null,
      address: request.viewer?.name ?? '',
    };
    this.pages.show(request, reply, { view: 'submitted', title, model });
  }
}
