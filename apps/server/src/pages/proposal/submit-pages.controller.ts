import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Engine } from '#lib/engine';
import { listParties } from '#lib/intake';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { actorOf, personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { formKeyOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { sayingUnder } from '#lib/regulation';
import { isInHand, ProposalCases } from './proposal-case.js';
import { submitView } from './submit.view.js';

/** Checking everything, handing it in, and being sure that it has arrived (I6, I7). Nothing that is open stops a submission. */
@ApiExcludeController()
@Controller('aanvragen/:id')
@Policy('by-scope')
export class SubmitPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly subjects: Subjects,
    private readonly engine: Engine,
  ) {}

  @Get('controleren')
  async check(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    const { proposal, call } = found;
    if (!isInHand(proposal)) {
      void reply.redirect(`/aanvragen/${id}`, 303);
      return;
    }
    const parties = await this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => listParties(tx, id));
    const isCompletion = proposal.phase !== 'preparing';
    const { language, say } = this.pages.words(request);
    this.pages.show(request, reply, {
      view: 'check',
      title: say(isCompletion ? 'proposal.complete-check' : 'proposal.check-title'),
      crumbs: [
        { href: '/aanvragen', label: say('layout.nav-proposals') },
        { href: `/aanvragen/${id}`, label: proposal.title },
        { label: say('proposal.check-title') },
      ],
      model: {
        ...submitView(found, { parties, say, language }),
        ...{ key: newFormKey(), isLate: call.closesAt <= request.receivedAt && !isCompletion, isCompletion },
      },
    });
  }

  @Post('indienen')
  async submit(
    @Param('id', IdPipe) id: string,
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
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { proposal, call, terms, regime } = await this.cases.readOwn(id, request);
    const say = sayingUnder(regime, (key, values) => this.pages.say(request, key, values));
    const [receipt, former] = proposal.receipts;
    const isCompletion = proposal.completionAskedFor !== null && former !== undefined;
    const title = say(isCompletion ? 'proposal.completed-title' : 'proposal.submitted-title');
    const decision = terms.find(({ name }) => name === 'decision');
    const model = {
      proposal,
      receipt,
      former,
      mayTakeBack: proposal.actions.some(({ action, allowed }) => action === 'take-back' && allowed),
      call,
      callName: call.name[languageOf(request)],
      ...{ decisionBy: decision?.lastDay ?? null, nextDecision: say('proposal.next-decision') },
      address: request.viewer?.name ?? '',
    };
    this.pages.show(request, reply, { view: 'submitted', title, model });
  }
}
