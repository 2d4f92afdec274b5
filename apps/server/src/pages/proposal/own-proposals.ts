import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readAftermath, type Aftermath } from '#lib/decision';
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
    const own = await this.subjects.readOwn(personOf(request), async (tx) => {
      const proposals = await newestOwnProposals(tx, most);
      const decided = proposals.filter(({ outcome }) => outcome !== null);
      const after = await readAftermath(
        tx,
        decided.map(({ id }) => id),
      );
      return proposals.map((one) => ({ ...one, after: afterView(after.get(one.id)) }));
    });
    const language = languageOf(request);
    return (own ?? []).map((one) => ({
      ...one,
      callName: one.call.name[language],
      phaseText: standingKey(one),
    }));
  }
}

/** What was asked about a decision, in one line under its tile. */
function afterView(after: Aftermath | undefined): readonly { text: string; date: string }[] {
  const { objection, explanation } = after ?? { objection: null, explanation: null };
  return [
    ...(objection === null ? [] : [{ text: 'start.objection-received', date: objection.receivedAt }]),
    ...(explanation === null
      ? []
      : [
          explanation.answeredAt === null
            ? { text: 'start.explanation-waits', date: explanation.askedAt }
            : { text: 'start.explanation-given', date: explanation.answeredAt },
        ]),
  ];
}
