import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { newestOwnProposals } from '#lib/intake';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { standingKey } from './standing.js';

/** The proposals of a person as tiles, newest first. */
@Injectable()
export class OwnProposals {
  constructor(private readonly subjects: Subjects) {}

  async of(request: FastifyRequest, most: number): Promise<readonly object[]> {
    const own = await this.subjects.readOwn(personOf(request), (tx) => newestOwnProposals(tx, most));
    const language = languageOf(request);
    return (own ?? []).map((one) => ({
      ...one,
      callName: one.call.name[language],
      phaseText: standingKey(one),
    }));
  }
}
