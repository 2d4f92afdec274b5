import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IssuedDocuments } from '#app/worker';
import type { Transaction } from '#lib/database';
import {
  decisionLetter,
  listDecisionVersions,
  listExplanations,
  readDecision,
  readDecisionVersion,
  readObjections,
  readWaiverDocument,
  type DecisionVersion,
  type DecisionView,
  type ExplanationView,
} from '#lib/decision';
import type { Letter } from '#lib/documents';
import { SubjectNotFound } from '#lib/engine';
import { readProposal } from '#lib/intake';
import { FrozenRules, regimeKey, sayingUnder } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { plainDate } from '../moments.js';
import { Pages } from '../pages.js';

/** A decision as its page shows it. */
export interface DecisionCase {
  readonly decision: DecisionView;
  readonly letter: Letter;
  /** That what it gives was waived; null when it was not. */
  readonly waived: string | null;
  /** Whether the waiver has a confirmation in print. */
  readonly isConfirmed: boolean;
  readonly region: string;
  readonly mayObject: boolean;
  /** Whether staff have an objection to read. */
  readonly isObjectedTo: boolean;
  readonly regime: 'awb' | 'reglement';
  readonly explained: readonly ExplanationView[];
  /** Other versions that were issued. */
  readonly others: readonly DecisionVersion[];
}

type Read = Omit<DecisionCase, 'letter' | 'waived'> & { readonly rulesHash: string };

/** Reads a decision and its letter: from the store once it was issued; before that, for staff, as it would be. */
@Injectable()
export class DecisionCases {
  constructor(
    private readonly pages: Pages,
    private readonly subjects: Subjects,
    private readonly frozen: FrozenRules,
    private readonly documents: IssuedDocuments,
  ) {}

  /** The decision in force, or a version of it. Throws SubjectNotFound before there is one for this viewer. */
  async read(id: string, version: number | null, request: FastifyRequest): Promise<DecisionCase> {
    const actor = personOf(request);
    const found = await this.subjects.read({ kind: 'proposal', id }, actor, (tx) => readCase(tx, id, version));
    return { ...found, letter: await this.letterOf(found, request), waived: this.waiverOf(found.decision, request) };
  }

  private waiverOf({ waivedAt, outcome, regime }: DecisionView, request: FastifyRequest): string | null {
    if (waivedAt === null) return null;
    const say = sayingUnder(regime, (key, values) => this.pages.say(request, key, values));
    return say(`waiver.note-${outcome}`, { date: plainDate(languageOf(request), waivedAt) });
  }

  private async letterOf({ decision, region, rulesHash }: Read, request: FastifyRequest): Promise<Letter> {
    const language = languageOf(request);
    if (decision.document !== null) {
      const wanted = { id: decision.document.id, region, actor: personOf(request) };
      return this.documents.letter(wanted, language);
    }
    const say = sayingUnder(decision.regime, (key, values) => this.pages.say(request, key, values));
    const rules = await this.frozen.rules(rulesHash);
    return decisionLetter({ decision, rules }, { language, say });
  }
}

async function readCase(tx: Transaction, id: string, version: number | null): Promise<Read> {
  const proposal = await readProposal(tx, id);
  const decision = version === null ? await readDecision(tx, id) : await readDecisionVersion(tx, id, version);
  if (proposal === null || decision === null) throw new SubjectNotFound('decision', id);
  const versions = await listDecisionVersions(tx, id);
  return {
    decision,
    region: proposal.region,
    rulesHash: proposal.rulesHash,
    mayObject: proposal.isOwn,
    isObjectedTo: !proposal.isOwn && (await readObjections(tx, id)).length > 0,
    isConfirmed: decision.waivedAt !== null && (await readWaiverDocument(tx, id)) !== null,
    regime: regimeKey(decision.regime),
    explained: (await listExplanations(tx, id)).filter(({ answer }) => answer !== null),
    others: versions.filter((one) => one.version !== decision.document?.version),
  };
}
