import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine, readRunningTerms, SubjectNotFound, type RunningTerm } from '#lib/engine';
import {
  listMatched,
  listOffers,
  NATIONAL,
  readInitiative,
  type InitiativeView,
  type MatchedPartner,
  type OfferView,
} from '#lib/intake';
import { languageOf } from '../edge/language.js';
import { actorOf, personOf } from '../edge/request-facts.js';
import { situationView, type SituationView } from './subject-view.js';
import { Subjects } from './subjects.js';

/** An initiative as one viewer meets it. */
export interface InitiativeCase {
  readonly initiative: InitiativeView;
  readonly situation: SituationView;
  readonly terms: readonly RunningTerm[];
  /** For the desk alone. */
  readonly offers: readonly OfferView[];
  readonly isDesk: boolean;
  /** For its initiator alone. */
  readonly partners: readonly MatchedPartner[];
}

@Injectable()
export class InitiativeCases {
  constructor(
    private readonly subjects: Subjects,
    private readonly engine: Engine,
  ) {}

  /** Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<InitiativeCase> {
    // Offers that name no initiative lie at the national desk, for every desk to match.
    const regions = [await this.subjects.regionOf('initiative', id), NATIONAL];
    return this.subjects.readIn(regions, personOf(request), async (tx) => {
      const initiative = await readInitiative(tx, id);
      if (initiative === null) throw new SubjectNotFound('initiative', id);
      const actor = actorOf(request, initiative.region);
      const look = await this.engine.reader.look(tx, {
        subject: { kind: 'initiative', id },
        actor,
        receivedAt: request.receivedAt,
      });
      const isDesk = look.roles.includes('desk');
      const offers = isDesk ? await listOffers(tx, id) : [];
      const situation = { ...situationView(look, languageOf(request)), stateLabel: look.label[languageOf(request)] };
      const partners = initiative.isOwn ? await listMatched(tx, id) : [];
      return { initiative, situation, terms: await readRunningTerms(tx, id), offers, isDesk, partners };
    });
  }
}
