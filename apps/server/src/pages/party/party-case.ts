import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SubjectNotFound } from '#lib/engine';
import { listParties, type PartyView } from '#lib/intake';
import type { Instant } from '#lib/kernel';
import { personOf } from '../../edge/request-facts.js';
import type { ProposalAnswer } from '../../round/proposal-reader.js';
import { Subjects } from '../../round/subjects.js';
import { ProposalCases } from '../proposal/proposal-case.js';

/** A proposal with its parties, as the page about them shows it. */
export interface PartyCase {
  /** What an hour of who takes part counts for; null where the regulation does not say. */
  readonly hourlyRateCents: number | null;
  readonly proposal: ProposalAnswer;
  readonly parties: readonly PartyView[];
  /** Whether the answer at a path may change now. */
  readonly mayChange: (path: string) => boolean;
}

@Injectable()
export class PartyCases {
  constructor(
    private readonly cases: ProposalCases,
    private readonly subjects: Subjects,
  ) {}

  /** For who applies, staff and members. Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<PartyCase> {
    const { proposal, mayChange, request: asks } = await this.cases.read(id, request);
    // How to reach each party is for who applies and who checks.
    if (proposal.isCoWriter) throw new SubjectNotFound('proposal', id);
    const parties = await this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => listParties(tx, id));
    return { proposal, parties, mayChange, hourlyRateCents: asks.hourlyRateCents ?? null };
  }

  /** As `read`, for who applies and nobody else. Throws SubjectNotFound. */
  async readOwn(id: string, request: FastifyRequest): Promise<PartyCase> {
    const found = await this.read(id, request);
    if (!found.proposal.isOwn) throw new SubjectNotFound('proposal', id);
    return found;
  }

  /** Where who applies writes. Throws SubjectNotFound for others. */
  async placeOf(
    id: string,
    request: FastifyRequest,
  ): Promise<{ actorId: string; region: string; receivedAt: Instant }> {
    const { proposal } = await this.cases.readOwn(id, request);
    return { actorId: personOf(request), region: proposal.region, receivedAt: request.receivedAt };
  }
}
