import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { readDecision, type DecisionView } from '#lib/decision';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { Pages } from '../pages.js';
import { ProposalCases } from '../proposal/proposal-case.js';
import { askableQuestions } from '../proposal/completion.view.js';
import { ActionForms, type ActionSubject } from './action-forms.js';
import { waiverSections, waiverWords } from './waiver.view.js';

/** Acts on a proposal. */
@ApiExcludeController()
@Controller('aanvragen/:id/acties/:action')
@Policy('by-scope')
export class ProposalActionController {
  constructor(
    private readonly cases: ProposalCases,
    private readonly forms: ActionForms,
    private readonly pages: Pages,
    private readonly subjects: Subjects,
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
    const decision = action === 'waive' ? await this.decisionOn(id, request) : null;
    const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
      this.pages.say(request, key, values);
    return {
      ...(decision === null ? {} : waiving(decision, { language, say, now: request.receivedAt })),
      ...{ kind: 'proposal', id, region, number, title, actions, href: `/aanvragen/${id}` },
      ...(action === 'take-back' && found.isInOrder ? { words: 'take-back-in-order' } : {}),
      questions: askableQuestions(found, language),
      quote: action === 'give-view' ? (found.proposal.hearing?.about ?? null) : null,
      criteria: found.call.rubric.criteria.map(({ key, label }) => ({ key, name: label[language] })),
    };
  }

  private async decisionOn(id: string, request: FastifyRequest): Promise<DecisionView | null> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => readDecision(tx, id));
  }
}

/** An award and a reserve place are waived in words of their own. */
function waiving(
  decision: DecisionView,
  words: Parameters<typeof waiverSections>[1],
): Pick<ActionSubject, 'sections' | 'words'> {
  return { words: waiverWords(decision.outcome), sections: waiverSections(decision, words) };
}
