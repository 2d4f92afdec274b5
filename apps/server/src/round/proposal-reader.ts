import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine, SubjectNotFound } from '#lib/engine';
import { readProposal, type ProposalView } from '#lib/intake';
import { FrozenRules } from '#lib/regulation';
import { languageOf } from '../edge/problem.filter.js';
import { actorOf } from '../edge/request-facts.js';
import { Subjects } from './subjects.js';
import { situationView, type SituationView } from './subject-view.js';

type Hidden = 'workflow' | 'workflowState' | 'rulesHash';

/** A proposal as the API tells it: each condition with its sentence, and what the viewer can do. */
export type ProposalAnswer = Omit<ProposalView, Hidden> & SituationView;

/** Reads a proposal with its situation in one unit of work. */
@Injectable()
export class ProposalReader {
  constructor(
    private readonly subjects: Subjects,
    private readonly engine: Engine,
    private readonly frozen: FrozenRules,
  ) {}

  /** Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<ProposalAnswer> {
    const region = await this.subjects.regionOf('proposal', id);
    const actor = actorOf(request, region);
    const language = languageOf(request);
    return this.subjects.read({ kind: 'proposal', id }, actor.id, async (tx) => {
      const view = await readProposal(tx, id);
      if (view === null) throw new SubjectNotFound('proposal', id);
      const { workflow, workflowState, rulesHash, eligibility, ...proposal } = view;
      const { conditions } = await this.frozen.rules(rulesHash);
      const explained = eligibility.map((verdict) => ({
        ...verdict,
        message: conditions[verdict.condition]?.refusal[language] ?? verdict.condition,
      }));
      const subject = { kind: 'proposal', id };
      const look = await this.engine.look(tx, { subject, actor, receivedAt: request.receivedAt });
      return { ...proposal, eligibility: explained, ...situationView(look, language) };
    });
  }
}
