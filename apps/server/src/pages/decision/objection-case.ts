import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readDecision, readObjections, type DecisionView, type ObjectionView } from '#lib/decision';
import { SubjectNotFound } from '#lib/engine';
import { readProposal, type ProposalView } from '#lib/intake';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';

/** What was objected to a decision, as far as the viewer may read it. */
export interface ObjectionCase {
  readonly proposal: ProposalView;
  readonly decision: DecisionView;
  readonly objections: readonly ObjectionView[];
}

@Injectable()
export class ObjectionCases {
  constructor(private readonly subjects: Subjects) {}

  /** For who applied, and for staff once somebody objected. Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<ObjectionCase> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      const proposal = await readProposal(tx, id);
      const decision = await readDecision(tx, id);
      if (proposal === null || decision === null) throw new SubjectNotFound('decision', id);
      const objections = await readObjections(tx, id);
      if (!proposal.isOwn && objections.length === 0) throw new SubjectNotFound('objection', id);
      return { proposal, decision, objections };
    });
  }

  /** As `read`, for who applied and nobody else. Throws SubjectNotFound. */
  async readOwn(id: string, request: FastifyRequest): Promise<ObjectionCase> {
    const found = await this.read(id, request);
    if (!found.proposal.isOwn) throw new SubjectNotFound('decision', id);
    return found;
  }
}
