import type { Database, Transaction } from '#lib/database';
import { VersionIsStale, writeAudit } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { changeableNow, changedPaths, labelsOf } from './completion/asked-for.js';
import { OnlyWhatWasAsked } from './completion/completion-errors.js';
import { lockToWrite, type InHand } from './assert-in-hand.js';
import { judgeProposal, type Beside, type IntakeRequest, type WrittenProposal } from './write-proposal.js';

const UPDATE = {
  name: 'save-proposal',
  text: `update proposal set title = $2, content = $3, content_hash = $4, organisation = $5, complete = $6, eligible = $7, eligibility = $8, repairable = $9,
    lead_institution = $10, revision = revision + 1, saved_by = app.actor(), saved_at = app_now() where id = $1 returning revision`,
};

/** Whose account changed after it was confirmed must be asked again. */
const ACCOUNT = {
  name: 'ask-payee-again',
  text: `update party t set state = 'changed', revision = t.revision + 1 from proposal p where t.proposal_id = $1 and p.id = $1
    and t.role = 'payee' and t.state = 'confirmed' and t.removed_at is null and t.account is distinct from p.content -> 'payee'`,
};

/** Replaces what was written, by who applies or by who writes along, while the proposal is in the applicant's hands: as a draft, or to complete it. */
export class SaveProposal {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns the new revision. Throws SubjectNotFound, ProposalNotInYourHands, VersionIsStale, OnlyWhatWasAsked. */
  async execute(id: string, written: WrittenProposal, revision: number, request: IntakeRequest): Promise<number> {
    const { actorId, region, receivedAt } = request;
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const current = await lockToWrite(tx, this.frozen, id);
      if (current.revision !== revision) throw new VersionIsStale(revision, current.revision);
      const form = await this.frozen.form(current.rulesHash);
      const content = form.tidied(form.withFilesOf(current.content, written.content));
      const saving = { frozen: this.frozen, id, current, receivedAt };
      const saved = await saveWritten(tx, saving, { ...written, content });
      await writeAudit(tx, { region, actor: actorId, act: 'proposal.save', subjectKind: 'proposal', subjectId: id });
      return saved;
    });
  }
}

interface Saving {
  readonly frozen: FrozenRules;
  readonly id: string;
  readonly current: InHand;
  readonly receivedAt: Instant;
}

/** Writes what the lead applicant holds, judged anew; returns the new revision. Throws OnlyWhatWasAsked. */
export async function saveWritten(tx: Transaction, saving: Saving, written: WrittenProposal): Promise<number> {
  const { frozen, id, current } = saving;
  if (current.phase !== 'preparing') await refuseMore(saving, written);
  return (await writeJudged(tx, { frozen, id, rulesHash: current.rulesHash, beside: current }, written)).revision;
}

interface Judging {
  readonly frozen: FrozenRules;
  readonly id: string;
  readonly rulesHash: string;
  readonly beside: Beside;
}

/** Writes answers with what the frozen rules say of them, whoever holds the proposal. */
export async function writeJudged(
  tx: Transaction,
  { frozen, id, rulesHash, beside }: Judging,
  written: WrittenProposal,
): Promise<{ revision: number; complete: boolean }> {
  const { content, contentHash, organisation, complete, repairable, eligible, eligibility, leadInstitution } =
    await judgeProposal(frozen, rulesHash, written, beside);
  const values = [id, written.title, content, contentHash, organisation, complete, eligible, eligibility, repairable];
  const [row] = await tx.query<{ revision: number }>(UPDATE, [...values, leadInstitution]);
  await tx.query(ACCOUNT, [id]);
  return { revision: row?.revision ?? 0, complete };
}

/** In a completion nothing changes but what was asked for. */
async function refuseMore({ frozen, current, receivedAt }: Saving, written: WrittenProposal): Promise<void> {
  const form = await frozen.form(current.rulesHash);
  const mayChange = changeableNow(form, current, receivedAt);
  const more = changedPaths(form, current, written).filter((path) => !mayChange(path));
  if (more.length > 0) throw new OnlyWhatWasAsked(more, labelsOf(form, more));
}
