import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { askedForIn, changeable, readSetAside, takesSubstance, type SetAside } from '#lib/intake';
import { readRunningTerms, SubjectNotFound, type RunningTerm } from '#lib/engine';
import { FrozenRules, readCall, type CallRules, type CallView, type CompiledForm } from '#lib/regulation';
import { personOf } from '../../edge/request-facts.js';
import { isInOrderOfArrival } from '../call/call-case.js';
import type { Regime } from '#lib/regulation';
import { ProposalReader, type ProposalAnswer } from '../../round/proposal-reader.js';
import { Subjects } from '../../round/subjects.js';

/** A proposal with all that its screens show. */
export interface ProposalCase {
  readonly proposal: ProposalAnswer;
  readonly call: CallView;
  readonly form: CompiledForm;
  /** Whether words are those of the Awb or of a region's own rules. */
  readonly regime: Regime;
  /** The mail address of the network; null when its regulation names none. */
  readonly contact: string | null;
  /** What the region asks of the amounts. */
  readonly request: CallRules['regulation']['request'];
  readonly terms: readonly RunningTerm[];
  /** Whether money is given in order of arrival. */
  readonly isInOrder: boolean;
  /** Whether these rules let who applies take a submitted proposal back before the closing. */
  readonly knowsTakingBack: boolean;
  /** Whether nobody may be asked for new substance any more: from the closing of a tender on; never where nobody is compared. */
  readonly isSubstanceClosed: boolean;
  /** Whether the answer at a path may change now: in a draft all, in a completion what was asked for. */
  readonly mayChange: (path: string) => boolean;
}

/** Reads what the screens of a proposal show, in one unit of work. */
@Injectable()
export class ProposalCases {
  constructor(
    private readonly subjects: Subjects,
    private readonly reader: ProposalReader,
    private readonly frozen: FrozenRules,
  ) {}

  /** Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<ProposalCase> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      const proposal = await this.reader.readIn(tx, id, request);
      const call = await readCall(tx, proposal.call.id);
      if (call === null) throw new SubjectNotFound('call', proposal.call.id);
      const form = await this.frozen.form(call.rulesHash);
      const rules = await this.frozen.rules(call.rulesHash);
      const isInOrder = isInOrderOfArrival(rules);
      const knowsTakingBack = hasAct(rules, 'take-back');
      const isSubstanceClosed = !isInOrder && call.closesAt <= request.receivedAt;
      const takes = proposal.phase === 'preparing' || (await takesSubstance(tx, id, request.receivedAt));
      const mayChange = changeableIn({ proposal, form, isClosed: !takes });
      const { regime, request: amounts } = rules.regulation;
      const contact = rules.regulation.contact?.email ?? null;
      // A refusal on intake is not told before the others: nor by a term that stands still no more.
      const terms = await readRunningTerms(
        tx,
        id,
        (proposal.isOwn || proposal.isCoWriter) && proposal.phase === 'screening' ? ['decision'] : [],
      );
      const rest = {
        regime,
        contact,
        request: amounts,
        isSubstanceClosed,
        isInOrder,
        knowsTakingBack,
        mayChange,
        terms,
      };
      return { proposal, call, form, ...rest };
    });
  }

  /** As `read`, for who applies and nobody else. Throws SubjectNotFound. */
  async readOwn(id: string, request: FastifyRequest): Promise<ProposalCase> {
    const found = await this.read(id, request);
    if (!found.proposal.isOwn) throw new SubjectNotFound('proposal', id);
    return found;
  }

  /** As `read`, for who writes it: who applies, and a colleague who writes along. Throws SubjectNotFound. */
  async readWritten(id: string, request: FastifyRequest): Promise<ProposalCase> {
    const found = await this.read(id, request);
    if (!found.proposal.isOwn && !found.proposal.isCoWriter) throw new SubjectNotFound('proposal', id);
    return found;
  }

  /** What who applies wrote after a taking back and did not submit again; null when there is nothing, or for others. */
  async setAside(id: string, request: FastifyRequest): Promise<SetAside | null> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => readSetAside(tx, id));
  }
}

/** Whether the answers are in the hands of the viewer: as a draft, or to be completed. */
export function isInHand({ mayWrite }: ProposalAnswer): boolean {
  return mayWrite;
}

/** Whether the frozen workflow of a call's proposals has an act: calls of before it was there keep their rules. */
function hasAct({ workflows }: CallRules, action: string): boolean {
  return Object.values(workflows)
    .filter(({ subject }) => subject === 'proposal')
    .some(({ states }) => Object.values(states).some(({ actions = {} }) => action in actions));
}

function changeableIn({
  proposal,
  form,
  isClosed,
}: Pick<ProposalCase, 'proposal' | 'form'> & { readonly isClosed: boolean }): ProposalCase['mayChange'] {
  if (proposal.phase === 'preparing') return () => true;
  const asked = askedForIn(proposal.completionAskedFor);
  return changeable(form, { asked, isClosed });
}
