import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, regionsOf } from '#lib/access';
import {
  AskExplanation,
  GiveExplanation,
  listExplanations,
  readDecision,
  type DecisionView,
  type ExplanationView,
} from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { readProposal, type ProposalView } from '#lib/intake';
import { dateOf, DomainError } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf, viewerOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey, textIn, type Fields } from '../form-fields.js';
import { plainDate } from '../moments.js';
import { Pages, type FieldError } from '../pages.js';
import { regimeKey, sayingUnder } from '#lib/regulation';
import { explanationIn } from './explanation-form.js';

const MOST = 20_000;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Found {
  readonly proposal: ProposalView;
  readonly decision: DecisionView;
  readonly explanations: readonly ExplanationView[];
}

/** "Ask for an explanation": the applicant asks, the secretary explains; both read it on the same page. */
@ApiExcludeController()
@Controller('aanvragen/:id/uitleg')
@Policy('by-scope')
export class ExplanationPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly subjects: Subjects,
    private readonly asking: AskExplanation,
    private readonly giving: GiveExplanation,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page({ request, reply }, await this.read(id, request), {}, []);
  }

  @Post()
  async ask(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.read(id, request);
    if (!found.proposal.isOwn) throw new SubjectNotFound('decision', id);
    const fields = fieldsOf(request);
    const { wanted, errors } = explanationIn(fields, (key) => this.pages.say(request, key));
    const asked = {
      ...{ actorId: personOf(request), region: found.proposal.region },
      ...{ receivedAt: request.receivedAt, key: formKeyOf(request) },
    };
    await this.answer({ request, reply }, found, {
      ...{ fields, errors, field: 'words' },
      act: () => this.asking.execute(id, wanted, asked),
    });
  }

  @Post('antwoord')
  async give(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.read(id, request);
    const fields = fieldsOf(request);
    const text = textIn(fields, 'answer', MOST);
    const errors = text === '' ? [{ id: 'answer', message: this.pages.say(request, 'explanation.error-answer') }] : [];
    const place = { region: found.proposal.region, proposalId: id, receivedAt: request.receivedAt };
    await this.answer({ request, reply }, found, {
      ...{ fields, errors, field: 'answer' },
      act: () => this.giving.execute(viewerOf(request), place, text),
    });
  }

  /** Does it and shows the page anew; what is wrong, or refused, comes back with what was typed. */
  private async answer(exchange: Exchange, found: Found, { fields, errors, field, act }: Sent): Promise<void> {
    if (errors.length > 0) {
      this.page(exchange, found, fields, errors);
      return;
    }
    try {
      await act();
      void exchange.reply.redirect(`/aanvragen/${found.proposal.id}/uitleg`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.page(exchange, found, fields, [{ id: field, message: faultOf(error, exchange.request).message }]);
    }
  }

  /** For who applied, and the secretary of the region, from the announcement on. Throws SubjectNotFound. */
  private async read(id: string, request: FastifyRequest): Promise<Found> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      const proposal = await readProposal(tx, id);
      const decision = await readDecision(tx, id);
      if (proposal === null || decision?.announcedAt == null) throw new SubjectNotFound('decision', id);
      const isSecretary = regionsOf(viewerOf(request), ['secretary']).includes(proposal.region);
      if (!proposal.isOwn && !isSecretary) throw new SubjectNotFound('decision', id);
      return { proposal, decision, explanations: await listExplanations(tx, id) };
    });
  }

  private page(
    { request, reply }: Exchange,
    { proposal, decision, explanations }: Found,
    fields: Fields,
    errors: readonly FieldError[],
  ): void {
    const language = languageOf(request);
    const say = sayingUnder(decision.regime, (key, values) => this.pages.say(request, key, values));
    const title = say('explanation.title');
    const lastDay = decision.objectionLastDay ?? '';
    const isPast = dateOf(request.receivedAt) > lastDay;
    const waiting = explanations.find(({ answer }) => answer === null) ?? null;
    this.pages.show(request, reply, {
      view: 'explanation',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/aanvragen/${proposal.id}/besluit`, label: proposal.number }, { label: title }],
      model: {
        ...{ proposal, waiting, fields, key: newFormKey() },
        given: explanations.filter(({ answer }) => answer !== null),
        ...{ lead: say('explanation.lead'), answerRule: say('explanation.answer-rule') },
        termText: say(`explanation.${isPast ? 'past' : 'no-objection'}-${regimeKey(decision.regime)}`, {
          lastDay: plainDate(language, lastDay),
        }),
        ways: ['oral', 'written'].map((value) => ({
          ...{ value, text: say(`explanation.way-${value}`), on: fields['way'] === value },
        })),
        errorFor: Object.fromEntries(errors.map(({ id, message }) => [id, message])),
      },
    });
  }
}

interface Sent {
  readonly fields: Fields;
  readonly errors: readonly FieldError[];
  /** The field that a refusal stands at. */
  readonly field: string;
  readonly act: () => Promise<void>;
}
