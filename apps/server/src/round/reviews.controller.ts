import { Body, Controller, Get, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, type Page } from '#lib/access';
import { Engine, SubjectNotFound } from '#lib/engine';
import { readProposal } from '#lib/intake';
import {
  listOwnReviews,
  listReviews,
  readReview,
  SaveReview,
  WriteReviewDto,
  type ReviewRow,
  type ReviewView,
} from '#lib/review';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { languageOf } from '../edge/language.js';
import { actorOf, personOf, revisionOf, tagWith } from '../edge/request-facts.js';
import { listOf, pageOf } from '../edge/described.js';
import { REVIEW, REVIEW_ROW } from './answers/review.js';
import { PageQuery } from './page.query.js';
import { Subjects } from './subjects.js';
import { situationView, type SituationView } from './subject-view.js';

export type ReviewAnswer = Omit<ReviewView, 'workflow' | 'rulesHash'> & SituationView;

@ApiTags('reviews')
@Controller('api/v1')
@Policy('by-scope')
export class ReviewsController {
  constructor(
    private readonly subjects: Subjects,
    private readonly engine: Engine,
    private readonly saving: SaveReview,
  ) {}

  @Get('reviews')
  @Documented({ summary: 'One’s own reviews.', answer: pageOf(REVIEW_ROW), faults: ['cursor-is-wrong'] })
  async own(@Query() query: PageQuery, @Req() request: FastifyRequest): Promise<Page<ReviewRow>> {
    const page = PageQuery.pageOf(query);
    const own = await this.subjects.readOwn(personOf(request), (tx) => listOwnReviews(tx, page));
    return own ?? { items: [], next: null };
  }

  @Get('proposals/:id/reviews')
  @Documented({ summary: 'The reviews of a proposal that the viewer may see.', answer: listOf(REVIEW_ROW) })
  async ofProposal(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<readonly ReviewRow[]> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      if ((await readProposal(tx, id)) === null) throw new SubjectNotFound('proposal', id);
      return listReviews(tx, id);
    });
  }

  @Get('reviews/:id')
  @Documented({ summary: 'A review with its scores and the viewer’s actions.', answer: REVIEW })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewAnswer> {
    const region = await this.subjects.regionOf('review', id);
    const actor = actorOf(request, region);
    return this.subjects.read({ kind: 'review', id }, actor.id, async (tx) => {
      const view = await readReview(tx, id);
      if (view === null) throw new SubjectNotFound('review', id);
      const { workflow, rulesHash, ...review } = view;
      const look = await this.engine.reader.look(tx, {
        subject: { kind: 'review', id },
        actor,
        receivedAt: request.receivedAt,
      });
      tagWith(reply, review);
      return { ...review, ...situationView(look, languageOf(request)) };
    });
  }

  @Put('reviews/:id')
  @Documented({
    summary: 'Replaces scores and reasons, between accepting and handing in.',
    ...{
      answer: REVIEW,
      replaces: true,
      refusals: ['review-not-in-your-hands'],
      faults: ['scores-are-wrong'],
    },
  })
  async save(
    @Param('id', IdPipe) id: string,
    @Body() { scores }: WriteReviewDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewAnswer> {
    const revision = revisionOf(request);
    const region = await this.subjects.regionOf('review', id);
    const written = scores.map(({ criterion, score = null, reason = '' }) => ({ criterion, score, reason }));
    await this.saving.execute(id, written, revision, { region, actorId: personOf(request) });
    return this.read(id, request, reply);
  }
}
