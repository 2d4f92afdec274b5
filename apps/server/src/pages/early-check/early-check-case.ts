import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { listOwnChecks, takesChecks, type OwnCheck } from '#lib/intake';
import { callDays, FrozenRules, type CallDays } from '#lib/regulation';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { ProposalCases, type ProposalCase } from '../proposal/proposal-case.js';

/** An own proposal with its early checks, and whether another one can be asked now. */
export interface EarlyCheckCase {
  readonly found: ProposalCase;
  readonly days: CallDays['earlyCheck'];
  readonly waiting: OwnCheck | null;
  readonly answered: readonly OwnCheck[];
  readonly mayAsk: boolean;
}

@Injectable()
export class EarlyCheckCases {
  constructor(
    private readonly cases: ProposalCases,
    private readonly subjects: Subjects,
    private readonly frozen: FrozenRules,
  ) {}

  /** For who writes the proposal. Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<EarlyCheckCase> {
    const found = await this.cases.readOwn(id, request);
    const { proposal, call } = found;
    const checks = await this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => listOwnChecks(tx, id));
    const { earlyCheck: days } = callDays((await this.frozen.rules(call.rulesHash)).regulation, call.closesAt);
    const waiting = checks.find(({ answeredAt }) => answeredAt === null) ?? null;
    const isInTime = days !== null && takesChecks(call, days.askUntil, request.receivedAt);
    return {
      ...{ found, days, waiting, answered: checks.filter(({ missing }) => missing !== null) },
      mayAsk: isInTime && waiting === null && proposal.phase === 'preparing',
    };
  }
}
