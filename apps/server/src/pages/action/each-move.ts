import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import { actorOf } from '../../edge/request-facts.js';
import { formKeyOf } from '../form-fields.js';
import { ActionForms } from './action-forms.js';

export interface WantedMove {
  readonly kind: 'proposal';
  readonly id: string;
  readonly region: string;
  readonly action: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface RefusedMove {
  readonly id: string;
  /** Sentences that say what to repair. */
  readonly why: string;
}

/** Makes many moves, each on its own: one that is refused stops no other. */
@Injectable()
export class EachMove {
  constructor(
    private readonly engine: Engine,
    private readonly forms: ActionForms,
  ) {}

  /** Returns the refused ones. A form that is sent twice makes each move once. */
  async make(wanted: readonly WantedMove[], request: FastifyRequest): Promise<readonly RefusedMove[]> {
    const refused: RefusedMove[] = [];
    const { key, ...rest } = formKeyOf(request);
    for (const { kind, id, region, action, payload } of wanted) {
      const own = createHash('sha256').update(`${key} ${id}`).digest('hex').slice(0, 40);
      try {
        const actor = actorOf(request, region);
        const { receivedAt } = request;
        await this.engine.act({
          subject: { kind, id },
          action,
          payload,
          actor,
          receivedAt,
          key: { ...rest, key: own },
        });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refused.push({
          id,
          why: this.forms
            .errorsOf(error, request)
            .map(({ message }) => message)
            .join(' '),
        });
      }
    }
    return refused;
  }
}
