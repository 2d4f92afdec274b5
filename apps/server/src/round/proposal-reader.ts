import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Transaction } from '#lib/database';
import { Engine, SubjectNotFound } from '#lib/engine';
import type { Language } from '#lib/kernel';
import {
  infectedOf,
  readProposal,
  readReceipt,
  takesAnswers,
  unconfirmedOf,
  withMaskedAccount,
  type ProposalView,
  type ReceiptView,
  type Unconfirmed,
} from '#lib/intake';
import { FrozenRules, conditionWords } from '#lib/regulation';
import { languageOf } from '../edge/language.js';
import { actorOf, personOf } from '../edge/request-facts.js';
import { Subjects } from './subjects.js';
import { situationView, STAFF, type SituationView } from './subject-view.js';

type Hidden = 'workflow' | 'workflowState' | 'rulesHash' | 'eligibility' | 'parties';

/** A proposal as the API tells it: each condition with its sentence, and what the viewer can do. */
export type ProposalAnswer = Omit<ProposalView, Hidden> &
  SituationView & {
    /** Each condition with its verdict. */
    readonly eligibility: readonly (ProposalView['eligibility'][number] & {
      /** What it asks. */
      readonly label: string;
      /** How to meet it. */
      readonly message: string;
      /** Paths of the answers it judges by. */
      readonly facts: readonly string[];
    })[];
    /** Who is named in it and has not confirmed to take part; empty for members. A school or partner that said no meets no condition. */
    readonly unconfirmed: readonly Unconfirmed[];
    /** Whether the reader may write the answers now: who applies, or who writes along. */
    readonly mayWrite: boolean;
    /** What the form still asks for; empty when the proposal is complete. */
    readonly openPoints: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  };

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
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => this.readIn(tx, id, request));
  }

  /** The copy of what was received. Throws SubjectNotFound for who neither applies nor is staff. */
  async receipt(id: string, receiptId: string, request: FastifyRequest): Promise<ReceiptView> {
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      const receipt = await readReceipt(tx, id, receiptId);
      const proposal = await readProposal(tx, id);
      if (receipt === null || proposal === null) throw new SubjectNotFound('receipt', receiptId);
      return proposal.isOwn || proposal.isCoWriter
        ? receipt
        : { ...receipt, content: withMaskedAccount(receipt.content) };
    });
  }

  /** Inside a unit of work of the proposal's region. Throws SubjectNotFound. */
  async readIn(tx: Transaction, id: string, request: FastifyRequest): Promise<ProposalAnswer> {
    const language = languageOf(request);
    const view = await readProposal(tx, id);
    if (view === null) throw new SubjectNotFound('proposal', id);
    const { workflow, workflowState, rulesHash, eligibility, parties, ...whole } = view;
    const form = await this.frozen.form(rulesHash);
    const subject = { kind: 'proposal', id };
    const actor = actorOf(request, whole.region);
    const look = await this.engine.reader.look(tx, { subject, actor, receivedAt: request.receivedAt });
    const openPoints = form
      .faults(whole.title, whole.content, infectedOf(whole.attachments))
      .map(({ path, code, message }) => ({ path, code, message: message[language] }));
    const isStaff = look.roles.some((role) => STAFF.includes(role));
    const shown = isStaff ? withMaskedAccount(whole.content) : form.forReviewers(whole.content);
    const isWriter = whole.isOwn || whole.isCoWriter;
    const content = isWriter ? whole.content : shown;
    const attachments =
      isWriter || isStaff
        ? whole.attachments
        : whole.attachments.filter(({ path }) => form.file.questions[path]?.reviewers === true);
    const explained = await this.explain(isStaff ? eligibility : eligibility.map(withoutOthers), rulesHash, language);
    const unconfirmed = isWriter || isStaff ? unconfirmedOf(whole.content, parties) : [];
    const { definition } = await this.frozen.workflow(rulesHash, workflow);
    const state = definition.states[workflowState];
    const mayWrite = isWriter && state !== undefined && takesAnswers(state);
    const judged = { eligibility: explained, openPoints, unconfirmed, mayWrite };
    return { ...whole, content, attachments, ...judged, ...situationView(look, language, whole.outcome !== null) };
  }

  private async explain(
    eligibility: ProposalView['eligibility'],
    rulesHash: string,
    language: Language,
  ): Promise<ProposalAnswer['eligibility']> {
    const words = conditionWords(await this.frozen.rules(rulesHash));
    return Promise.all(
      eligibility.map(async (verdict) => ({
        ...verdict,
        label: words[verdict.condition]?.label[language] ?? verdict.condition,
        message: words[verdict.condition]?.refusal[language] ?? '',
        facts: await this.frozen.factsOf(rulesHash, verdict.condition),
      })),
    );
  }
}

/** Who else applies is for staff to know. */
function withoutOthers({
  condition,
  verdict,
  missing,
}: ProposalView['eligibility'][number]): ProposalView['eligibility'][number] {
  return { condition, verdict, missing };
}
