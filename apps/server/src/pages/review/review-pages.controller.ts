import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageRequest, Policy } from '#lib/access';
import { VersionIsStale } from '#lib/engine';
import { listOwnReviews, SaveReview } from '#lib/review';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { clock } from '../moments.js';
import { Pages } from '../pages.js';
import { answersView } from '../proposal/read.view.js';
import { ReviewCases, type ReviewCase } from './review-case.js';
import { reviewFaults, rubricView, scoresIn, type Scored } from './rubric.view.js';

const MOST = 200;

/** One's reviews, and writing one beside the proposal (E1, E3). */
@ApiExcludeController()
@Controller('oordelen')
@Policy('by-scope')
export class ReviewPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ReviewCases,
    private readonly subjects: Subjects,
    private readonly saving: SaveReview,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = PageRequest.from(undefined, MOST);
    const own = await this.subjects.readOwn(personOf(request), (tx) => listOwnReviews(tx, page));
    const items = own?.items ?? [];
    const isOpen = ({ phase }: { phase: string }): boolean => phase === 'preparing' || phase === 'in-review';
    const open = items.filter(isOpen).sort((a, b) => (a.lastDay ?? '9').localeCompare(b.lastDay ?? '9'));
    const model = {
      open,
      done: items.filter((one) => !isOpen(one)),
      count: items.filter(({ phase }) => phase === 'submitted').length,
      of: items.filter(({ phase }) => phase !== 'ended').length,
    };
    const title = this.pages.say(request, 'layout.nav-reviews');
    this.pages.show(request, reply, { view: 'reviews', title, model });
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    this.page(request, reply, { found, scored: found.review.scores });
  }

  @Post(':id')
  async save(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    const fields = fieldsOf(request);
    const scored = scoresIn(fields, found.rubric);
    try {
      await this.store(found, scored, request);
    } catch (error) {
      if (!(error instanceof VersionIsStale)) throw error;
      this.page(request, reply, { found, scored, status: 409 });
      return;
    }
    const isForLater = fields['_action'] === 'later';
    if (isForLater || scored.every(({ typed }) => typed === null)) {
      void reply.redirect(isForLater ? '/oordelen' : `/oordelen/${id}/controleren`, 303);
      return;
    }
    this.page(request, reply, { found: await this.cases.readOwn(id, request), scored, status: 422 });
  }

  @Post(':id/bewaar')
  async autosave(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    try {
      const revision = await this.store(found, scoresIn(fieldsOf(request), found.rubric), request);
      const text = this.pages.say(request, 'form.saved-at', { time: clock(languageOf(request), request.receivedAt) });
      this.pages.fragment(request, reply, 'fragments/review-saved', { state: 'saved', text, revision });
    } catch (error) {
      if (!(error instanceof VersionIsStale)) throw error;
      this.pages.fragment(request, reply, 'fragments/review-saved', {
        state: 'error',
        text: this.pages.say(request, 'form.changed-elsewhere'),
      });
    }
  }

  /** `overwrite`: the person has seen the other version and wants this one. */
  private async store({ review }: ReviewCase, scored: readonly Scored[], request: FastifyRequest): Promise<number> {
    const fields = fieldsOf(request);
    const revision =
      fields['_action'] === 'overwrite' ? review.revision : Number(fields['_revision'] ?? review.revision);
    return this.saving.execute(review.id, scored, revision, { region: review.region, actorId: personOf(request) });
  }

  private page(request: FastifyRequest, reply: FastifyReply, { found, scored, status = 200 }: Shown): void {
    const { review, situation, rubric, about } = found;
    const language = languageOf(request);
    const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
      this.pages.say(request, key, values);
    const words = { language, say, tells: false };
    const wrong = reviewFaults(rubric, scored, words).filter(({ criterion }) =>
      scored.some((one) => one.criterion === criterion && one.typed !== null),
    );
    const view =
      review.phase === 'preparing' ? 'review-invited' : review.phase === 'in-review' ? 'review' : 'review-done';
    this.pages.show(request, reply, {
      view,
      title: review.proposal.title,
      status,
      errors: wrong,
      crumbs: [{ href: '/oordelen', label: say('layout.nav-reviews') }, { label: review.proposal.number }],
      model: {
        ...{
          review,
          situation,
          key: newFormKey(),
          rubric: rubricView(rubric, scored, words),
          isChanged: status === 409,
        },
        stored: status === 409 ? rubricView(rubric, review.scores, words) : null,
        ...{ proposal: about?.proposal ?? null, parts: about === null ? [] : answersView(about, words, false) },
        ...{ facts: factsOf(found), address: `/oordelen/${review.id}` },
        allowed: Object.fromEntries(situation.actions.map(({ action, allowed }) => [action, allowed])),
      },
    });
  }
}

interface Shown {
  readonly found: ReviewCase;
  readonly scored: readonly Scored[];
  readonly status?: number;
}

/** Who asks, with whom, and how much: what one must know to see whether there is an interest. */
function factsOf({ about }: ReviewCase): object | null {
  if (about === null) return null;
  const { organisation, requestedCents, content } = about.proposal;
  const names = (list: unknown): readonly string[] =>
    (Array.isArray(list) ? (list as { name?: string; site?: string }[]) : []).map(
      ({ name, site }) => name ?? site ?? '',
    );
  return { organisation, requestedCents, schools: names(content['schools']), partners: names(content['partners']) };
}
