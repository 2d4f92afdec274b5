import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AskOpening } from '#lib/intake';
import type { CallView } from '#lib/regulation';
import { Desks, type DeskView } from '../contact/desks.js';
import { opensLater } from '../opening/opening-choices.js';

/** What stands beside a call for its reader. */
interface AroundCall {
  readonly desk: DeskView | null;
  /** How to hear when it opens: null once it has; with the own request of who asked already. */
  readonly opening: { readonly own: string | null } | null;
}

@Injectable()
export class AroundCalls {
  constructor(
    private readonly desks: Desks,
    private readonly asking: AskOpening,
  ) {}

  async of(call: CallView, request: FastifyRequest): Promise<AroundCall> {
    return { desk: await this.desks.of(call.region, request), opening: await this.opening(call, request) };
  }

  private async opening(call: CallView, request: FastifyRequest): Promise<AroundCall['opening']> {
    if (!opensLater(call, request)) return null;
    const person = request.viewer?.id ?? null;
    const own = person === null ? [] : await this.asking.own(person);
    return { own: own.find(({ callId }) => callId === call.id)?.id ?? null };
  }
}
