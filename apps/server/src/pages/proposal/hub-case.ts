import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readAftermath, type Aftermath } from '#lib/decision';
import {
  isOver,
  listOwnChecks,
  listParties,
  NATIONAL,
  readInitiativeOf,
  readOrigin,
  takesChecks,
  type OwnCheck,
  type PartyView,
  type ProposalOrigin,
} from '#lib/intake';
import type { Language } from '#lib/kernel';
import { callDays, FrozenRules } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { Desks, type DeskView } from '../contact/desks.js';
import { ProposalCases, type ProposalCase } from './proposal-case.js';

/** What the hub shows of a proposal's origin and its early check, and whether it can be used again. */
export interface AroundProposal {
  readonly origin: object | null;
  readonly check: { readonly text: string; readonly date: string } | null;
  readonly mayUseAgain: boolean;
  /** The initiative that it was before. */
  readonly initiative: { readonly id: string; readonly number: string } | null;
  /** Whether something was written after a taking back and not submitted again. */
  readonly hasSetAside: boolean;
  /** How many of those who take part have confirmed it; null when nobody was named. */
  readonly parties: { readonly confirmed: number; readonly of: number } | null;
  /** What was asked about its decision; null when nothing was, or not for this viewer. */
  readonly after: Aftermath | null;
  /** Whom who applies can ask. */
  readonly desk: DeskView | null;
}

const NOTHING_BEFORE = { origin: null, check: null, parties: null, initiative: null };

/** A proposal with what stands around it on its hub. What only its writer sees costs others no query. */
@Injectable()
export class HubCases {
  constructor(
    private readonly cases: ProposalCases,
    private readonly subjects: Subjects,
    private readonly frozen: FrozenRules,
    private readonly desks: Desks,
  ) {}

  /** Throws SubjectNotFound. */
  async read(id: string, request: FastifyRequest): Promise<{ found: ProposalCase; around: AroundProposal }> {
    const found = await this.cases.read(id, request);
    return { found, around: await this.around(found, request) };
  }

  private async around({ proposal, call }: ProposalCase, request: FastifyRequest): Promise<AroundProposal> {
    const mayUseAgain = proposal.isOwn && isOver(proposal);
    const hasSetAside =
      proposal.isOwn && proposal.receipts.length > 0 && (await this.cases.setAside(proposal.id, request)) !== null;
    const { id } = proposal;
    const desk = proposal.isOwn ? await this.desks.of(proposal.region, request) : null;
    if (!proposal.isOwn || proposal.phase !== 'preparing')
      return { ...NOTHING_BEFORE, desk, mayUseAgain, hasSetAside, after: await this.after(proposal, request) };
    // It may have begun at the national desk.
    const regions = [proposal.region, NATIONAL];
    const [origin, checks, parties, initiative] = await this.subjects.readIn(regions, personOf(request), async (tx) => [
      await readOrigin(tx, id),
      await listOwnChecks(tx, id),
      await listParties(tx, id),
      await readInitiativeOf(tx, id),
    ]);
    const { regulation } = await this.frozen.rules(call.rulesHash);
    const { earlyCheck } = callDays(regulation, call.closesAt);
    const isOffered = earlyCheck !== null && takesChecks(call, earlyCheck.askUntil, request.receivedAt);
    return {
      origin: origin === null ? null : originView(origin, languageOf(request)),
      check: checkView(checks, isOffered ? earlyCheck.askUntil : null),
      ...{ parties: partiesView(parties), initiative },
      ...{ mayUseAgain, hasSetAside, after: null, desk },
    };
  }

  /** Nobody asks about a decision before knowing it. */
  private async after({ id, outcome }: ProposalCase['proposal'], request: FastifyRequest): Promise<Aftermath | null> {
    if (outcome === null) return null;
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      const all = await readAftermath(tx, [id]);
      return all.get(id) ?? null;
    });
  }
}

function originView({ sourceId, sourceNumber, leftOut, parties }: ProposalOrigin, language: Language): object {
  const rows = leftOut.map(({ label, why }) => ({ label: label[language], why: `reuse.why-${why}` }));
  return { sourceId, sourceNumber, rows, parties };
}

function partiesView(all: readonly PartyView[]): AroundProposal['parties'] {
  const parties = all.filter(({ role }) => role !== 'contact');
  if (parties.length === 0) return null;
  return { confirmed: parties.filter(({ state }) => state === 'confirmed').length, of: parties.length };
}

/** The newest check, or the offer to ask for one. */
function checkView([newest]: readonly OwnCheck[], askUntil: string | null): AroundProposal['check'] {
  if (newest !== undefined)
    return newest.answeredAt === null
      ? { text: 'early-check.waits', date: newest.answerBy }
      : { text: 'early-check.answered-on', date: newest.answeredAt };
  return askUntil === null ? null : { text: 'early-check.offered', date: askUntil };
}
