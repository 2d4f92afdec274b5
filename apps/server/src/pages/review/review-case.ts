import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine, SubjectNotFound } from '#lib/engine';
import { readReview, type ReviewView } from '#lib/review';
import { FrozenRules, readCall, type Rubric } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';
import { actorOf, personOf } from '../../edge/request-facts.js';
import { ProposalReader } from '../../round/proposal-reader.js';
import { situationView, type SituationView } from '../../round/subject-view.js';
import { Subjects } from '../../round/subjects.js';
import type { ProposalCase } from '../proposal/proposal-case.js';

/** A review with the proposal it is about, as its writer meets them. */
export interface ReviewCase {
  readonly review: ReviewView;
  readonly situation: SituationView;
  readonly rubric: Rubric;
  /** Null once an interest was declared: there is no access to the file any more (Awb 2:4). */
  readonly about: ProposalCase | null;
}

@Injectable()
export class ReviewCases {
  constructor(
    private readonly subjects: Subjects,
    private readonly engine: Engine,
    private readonly reader: ProposalReader,
    private readonly frozen: FrozenRules,
  ) {}

  /** One's own review. Throws SubjectNotFound, for somebody else's too. */
  async readOwn(id: string, request: FastifyRequest): Promise<ReviewCase> {
    return this.subjects.read({ kind: 'review', id }, personOf(request), async (tx) => {
      const review = await readReview(tx, id);
      if (review === null || review.reviewer.id !== personOf(request)) throw new SubjectNotFound('review', id);
      const { receivedAt } = request;
      const look = await this.engine.reader.look(tx, {
        subject: { kind: 'review', id },
        actor: actorOf(request, review.region),
        receivedAt,
      });
      const { regulation } = await this.frozen.rules(review.rulesHash);
      const situation = situationView(look, languageOf(request));
      const { rubric } = regulation;
      if (review.phase === 'ended') return { review, situation, rubric, about: null };
      const proposal = await this.reader.readIn(tx, review.proposal.id, request);
      const call = await readCall(tx, proposal.call.id);
      if (call === null) throw new SubjectNotFound('call', proposal.call.id);
      return {
        review,
        situation,
        rubric,
        about: {
          proposal,
          call,
          form: await this.frozen.form(call.rulesHash),
          regime: regulation.regime,
          contact: regulation.contact?.email ?? null,
          isSubstanceClosed: true,
          isInOrder: regulation.distribution.way === 'order-of-arrival',
          knowsTakingBack: false,
          mayChange: () => false,
          terms: [],
          request: regulation.request,
        },
      };
    });
  }
}
