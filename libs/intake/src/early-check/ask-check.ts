import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, writeAudit, type RequestKey } from '#lib/engine';
import { dateOf, type CalendarDate, type Instant } from '#lib/kernel';
import {
  callDays,
  isBeforeClosing,
  readCall,
  valueAt,
  withValueAt,
  type CallView,
  type FrozenRules,
} from '#lib/regulation';
import { infectedOf } from '../attachment/attachment.js';
import { lockInHand } from '../assert-in-hand.js';
import { withMaskedAccount } from '../party/party.js';
import { readProposal, type ProposalView } from '../read-proposals.js';
import { CheckComesTooLate, CheckIsAsked, CheckIsNotOffered } from './check-errors.js';

interface Asked {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key: RequestKey;
}

const INSERT = {
  name: 'ask-completeness-check',
  text: `insert into completeness_check (id, region, call_id, proposal_id, asked_by, asked_at, answer_by, parts, content, gaps)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (proposal_id) where answered_at is null do nothing returning id`,
};

/** An applicant asks the secretary what is still missing in a draft, and chooses which parts that person reads. */
export class AskCheck {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
  ) {}

  /** `parts`: keys of parts of the form that may be read. Throws SubjectNotFound, CheckIsNotOffered, CheckComesTooLate, CheckIsAsked. */
  async execute(proposalId: string, parts: readonly string[], asked: Asked): Promise<void> {
    const { actorId, region, receivedAt, key } = asked;
    const id = randomUUID();
    await this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      await lockInHand(tx, this.frozen, proposalId);
      const proposal = await readProposal(tx, proposalId);
      if (proposal?.phase !== 'preparing') throw new SubjectNotFound('proposal', proposalId);
      if ((await claimKey(tx, key, id)).repeated) return;
      const answerBy = await this.answerBy(tx, proposal, receivedAt);
      const { content, gaps } = await this.shown(proposal, parts);
      const values = [id, region, proposal.call.id, proposalId, actorId, receivedAt, answerBy, parts, content, gaps];
      if ((await tx.query(INSERT, values)).length === 0) throw new CheckIsAsked();
      const subject = { subjectKind: 'completeness-check', subjectId: id };
      await writeAudit(tx, { region, actor: actorId, act: 'check.ask', ...subject, data: { proposal: proposalId } });
    });
  }

  private async answerBy(tx: Transaction, proposal: ProposalView, receivedAt: Instant): Promise<CalendarDate> {
    const call = await readCall(tx, proposal.call.id);
    if (call === null) throw new SubjectNotFound('call', proposal.call.id);
    const { regulation } = await this.frozen.rules(call.rulesHash);
    const { earlyCheck } = callDays(regulation, call.closesAt);
    if (earlyCheck === null) throw new CheckIsNotOffered();
    if (!takesChecks(call, earlyCheck.askUntil, receivedAt)) throw new CheckComesTooLate(earlyCheck.askUntil);
    return earlyCheck.answerBy;
  }

  /** The answers of the chosen parts, and which questions have no usable answer, chosen or not. */
  private async shown(
    { rulesHash, title, content, attachments }: ProposalView,
    parts: readonly string[],
  ): Promise<{ content: string; gaps: string }> {
    const form = await this.frozen.form(rulesHash);
    const answers: Readonly<Record<string, unknown>> = { ...content, title };
    const shown = form
      .asked(answers)
      .filter(({ part }) => parts.includes(part))
      .reduce<Readonly<Record<string, unknown>>>((all, { path }) => withValueAt(all, path, valueAt(answers, path)), {});
    const asked = form.asked(answers).map(({ path }) => path);
    const given = asked.filter((path) => valueAt(answers, path) !== undefined);
    const faults = form.faults(title, content, infectedOf(attachments)).map(({ path, message }) => ({ path, message }));
    return { content: JSON.stringify(withMaskedAccount(shown)), gaps: JSON.stringify({ asked, given, faults }) };
  }
}

/** While the call can be applied to, through the last day for asking. */
export function takesChecks(call: Pick<CallView, 'phase' | 'closesAt'>, until: CalendarDate, now: Instant): boolean {
  return call.phase === 'submitted' && isBeforeClosing(call, now) && dateOf(now) <= until;
}
