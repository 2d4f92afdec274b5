import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageRequest, Policy } from '#lib/access';
import { Engine } from '#lib/engine';
import { listOwnReviews } from '#lib/review';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { actorOf, personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { fieldsOf, formKeyOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { ReviewCases, type ReviewCase } from './review-case.js';
import { reviewFaults, rubricView } from './rubric.view.js';

/** Acts that end with a reason: the page that asks for it, by the word in its address. */
const REASONED = { belang: 'recuse', afslaan: 'decline' } as const;
type Reasoned = keyof typeof REASONED;

/** What a reviewer does besides writing: accept, decline, declare an interest, check and hand in (E2, E4). */
@ApiExcludeController()
@Controller('oordelen/:id')
@Policy('by-scope')
export class ReviewActsController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ReviewCases,
    private readonly engine: Engine,
    private readonly subjects: Subjects,
  ) {}

  @Post('aannemen')
  async accept(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.act(await this.cases.readOwn(id, request), 'accept', request);
    void reply.redirect(`/oordelen/${id}`, 303);
  }

  @Get('controleren')
  async check(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { review, rubric } = await this.cases.readOwn(id, request);
    if (review.phase !== 'in-review') {
      void reply.redirect(`/oordelen/${id}`, 303);
      return;
    }
    const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
      this.pages.say(request, key, values);
    const words = { language: languageOf(request), say, tells: false };
    const open = reviewFaults(rubric, review.scores, words);
    const title = say('review.check-title');
    const crumbs = [
      { href: '/oordelen', label: say('layout.nav-reviews') },
      { href: `/oordelen/${id}`, label: review.proposal.number },
      { label: title },
    ];
    const model = { review, open, rubric: rubricView(rubric, review.scores, words), key: newFormKey() };
    this.pages.show(request, reply, { view: 'review-check', title, crumbs, model });
  }

  @Post('indienen')
  async submit(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.act(await this.cases.readOwn(id, request), 'submit', request);
    void reply.redirect(`/oordelen/${id}/ingediend`, 303);
  }

  @Get('ingediend')
  async submitted(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { review } = await this.cases.readOwn(id, request);
    const own = await this.subjects.readOwn(personOf(request), (tx) =>
      listOwnReviews(tx, PageRequest.from(undefined, undefined)),
    );
    const next = (own?.items ?? []).find(({ phase }) => phase === 'preparing' || phase === 'in-review') ?? null;
    const title = this.pages.say(request, 'review.submitted-title');
    this.pages.show(request, reply, { view: 'review-submitted', title, model: { review, next } });
  }

  @Get('belang')
  async askInterest(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.reasonForm(request, reply, await this.cases.readOwn(id, request), 'belang');
  }

  @Post('belang')
  async declareInterest(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.end(request, reply, await this.cases.readOwn(id, request), 'belang');
  }

  @Get('afslaan')
  async askDecline(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.reasonForm(request, reply, await this.cases.readOwn(id, request), 'afslaan');
  }

  @Post('afslaan')
  async decline(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.end(request, reply, await this.cases.readOwn(id, request), 'afslaan');
  }

  private async end(request: FastifyRequest, reply: FastifyReply, found: ReviewCase, act: Reasoned): Promise<void> {
    const reason = (fieldsOf(request)['reason'] ?? '').trim();
    if (reason === '') {
      this.reasonForm(request, reply, found, act);
      return;
    }
    await this.act(found, REASONED[act], request, { reason });
    void reply.redirect('/oordelen', 303);
  }

  private async act(
    { review }: ReviewCase,
    action: string,
    request: FastifyRequest,
    payload: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const subject = { kind: 'review', id: review.id };
    const { receivedAt } = request;
    await this.engine.act({
      subject,
      action,
      payload,
      actor: actorOf(request, review.region),
      receivedAt,
      key: formKeyOf(request),
    });
  }

  private reasonForm(request: FastifyRequest, reply: FastifyReply, { review }: ReviewCase, act: Reasoned): void {
    const title = this.pages.say(request, `review.${act}-title`);
    const lead = this.pages.say(request, `review.${act}-lead`);
    const isSent = request.method === 'POST';
    const error = isSent ? this.pages.say(request, 'review.reason-missing') : null;
    this.pages.show(request, reply, {
      view: 'review-reason',
      title,
      model: { review, lead, error, address: `/oordelen/${review.id}/${act}`, key: newFormKey() },
      ...(error === null ? {} : { errors: [{ id: 'reason', message: error }], status: 422 }),
    });
  }
}
