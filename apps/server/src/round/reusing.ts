import { Injectable, Optional } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RequestKey } from '#lib/engine';
import { ReuseProposal } from '#lib/intake';
import { Attachments } from '../attachments/attachments.js';
import { personOf } from '../edge/request-facts.js';
import { Subjects } from './subjects.js';

/** Using an own proposal again, the same way for pages and programs: its answers and parties, and then its files. */
@Injectable()
export class Reusing {
  constructor(
    private readonly subjects: Subjects,
    private readonly reusing: ReuseProposal,
    /** Absent on a server that keeps no files. */
    @Optional() private readonly attachments?: Attachments,
  ) {}

  /** What stands in the way in a call, and what it still asks. */
  fit(...asked: Parameters<ReuseProposal['fit']>): ReturnType<ReuseProposal['fit']> {
    return this.reusing.fit(...asked);
  }

  /** Returns the id of the draft. Throws what ReuseProposal throws; a repeated request carries each file once. */
  async execute(sourceId: string, callId: string, request: FastifyRequest, key: RequestKey): Promise<string> {
    const draft = await this.reusing.execute(sourceId, callId, {
      ...{ actorId: personOf(request), receivedAt: request.receivedAt, key },
      region: await this.subjects.regionOf('proposal', sourceId),
      callRegion: await this.subjects.regionOf('call', callId),
    });
    await this.attachments?.carryOver({ from: sourceId, to: draft }, request, key);
    return draft;
  }
}
