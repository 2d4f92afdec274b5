import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine } from '#lib/engine';
import { StartInitiative, type WrittenInitiative } from '#lib/intake';
import { KeptTexts } from '#lib/people';
import { actorOf, personOf } from '../../edge/request-facts.js';
import { SessionCookie } from '../../edge/session-cookie.js';
import { formKeyOf, type Fields } from '../form-fields.js';

/** Starts an initiative from its form, and knows what was typed in it before signing in. */
@Injectable()
export class NewInitiatives {
  constructor(
    private readonly starting: StartInitiative,
    private readonly engine: Engine,
    private readonly texts: KeptTexts,
    private readonly cookie: SessionCookie,
  ) {}

  /** Returns its id. Throws what StartInitiative and the move throw. */
  async start(
    request: FastifyRequest,
    written: WrittenInitiative,
    region: string,
    registers: boolean,
  ): Promise<string> {
    const { receivedAt } = request;
    const key = formKeyOf(request);
    const id = await this.starting.execute(written, { actorId: personOf(request), region, receivedAt, key });
    if (registers)
      await this.engine.act({
        ...{ subject: { kind: 'initiative', id }, action: 'register', actor: actorOf(request, region), receivedAt },
        key: { ...key, route: 'initiative.register' },
      });
    return id;
  }

  /** What the person typed before signing in; null when there is no such text. */
  async keptFields(id: unknown, request: FastifyRequest): Promise<Fields | null> {
    if (typeof id !== 'string' || personOf(request) === '') return null;
    const kept = await this.texts.read(personOf(request), id);
    return kept?.isOpen === true ? { ...kept.answers, _action: '' } : null;
  }

  /** Whether the sender had signed in once: then a session has ended. */
  hadSession(request: FastifyRequest): boolean {
    return this.cookie.read(request) !== undefined;
  }
}
