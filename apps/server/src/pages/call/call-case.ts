import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Transaction } from '#lib/database';
import { Engine, SubjectNotFound } from '#lib/engine';
import { FrozenRules, readCall, type CallRules, type CallView } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';
import { actorOf } from '../../edge/request-facts.js';
import { situationView, STAFF, type SituationView } from '../../round/subject-view.js';
import { Subjects } from '../../round/subjects.js';

/** A call with its rules and what the viewer can do. */
export interface CallCase {
  readonly call: CallView;
  readonly rules: CallRules;
  readonly situation: SituationView;
  /** Whether the viewer is staff of the call's region. */
  readonly isStaff: boolean;
}

/** Whether a call gives its money in order of arrival, so that nothing is ranked. */
export function isInOrderOfArrival({ regulation }: CallRules): boolean {
  return regulation.distribution.way === 'order-of-arrival';
}

@Injectable()
export class CallCases {
  constructor(
    private readonly subjects: Subjects,
    private readonly engine: Engine,
    private readonly frozen: FrozenRules,
  ) {}

  /** Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<CallCase> {
    return this.with(id, request, (_tx, found) => Promise.resolve(found));
  }

  /** For staff of the region alone, with what else the page reads, in one unit of work. Throws SubjectNotFound. */
  async readForStaff<T>(
    id: string,
    request: FastifyRequest,
    more: (tx: Transaction, found: CallCase) => Promise<T>,
  ): Promise<T> {
    return this.with(id, request, async (tx, found) => {
      if (!found.isStaff) throw new SubjectNotFound('call', id);
      return more(tx, found);
    });
  }

  async with<T>(
    id: string,
    request: FastifyRequest,
    more: (tx: Transaction, found: CallCase) => Promise<T>,
  ): Promise<T> {
    const region = await this.subjects.regionOf('call', id);
    const actor = actorOf(request, region);
    return this.subjects.read({ kind: 'call', id }, actor.id, async (tx) => {
      const call = await readCall(tx, id);
      if (call === null) throw new SubjectNotFound('call', id);
      const look = await this.engine.reader.look(tx, {
        subject: { kind: 'call', id },
        actor,
        receivedAt: request.receivedAt,
      });
      const situation = situationView(look, languageOf(request));
      const isStaff = situation.roles.some((role) => STAFF.includes(role));
      return more(tx, { call, rules: await this.frozen.rules(call.rulesHash), situation, isStaff });
    });
  }
}
