import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/database';
import { claimKey, SubjectNotFound, writeAudit, type RequestKey } from '#lib/engine';
import { dateOf, type Instant } from '#lib/kernel';
import { callDays, isBeforeClosing, readCall, type CallView, type FrozenRules } from '#lib/regulation';
import { QuestionAskedTooOften, QuestionsHaveEnded } from './question-errors.js';

interface Asked {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key: RequestKey;
}

const TODAY = {
  name: 'questions-of-today',
  text: `select count(*)::int as n from public_question where call_id = $1 and asked_by = app.actor() and asked_at > app_now() - interval '1 day'`,
};
const INSERT = {
  name: 'ask-public-question',
  text: `insert into public_question (id, region, call_id, asked_by, asked_at, words) values ($1, $2, $3, $4, $5, $6)`,
};
const MOST_A_DAY = 10;

/** Anybody with an account asks a question about a published call; the answer goes to everyone at once. */
export class AskQuestion {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
  ) {}

  /** Throws SubjectNotFound, QuestionsHaveEnded, QuestionAskedTooOften, KeyUsedForAnother. */
  async execute(callId: string, words: string, { actorId, region, receivedAt, key }: Asked): Promise<void> {
    const id = randomUUID();
    await this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const call = await readCall(tx, callId);
      if (call === null) throw new SubjectNotFound('call', callId);
      if ((await claimKey(tx, key, id)).repeated) return;
      const { regulation } = await this.frozen.rules(call.rulesHash);
      const { questionsUntil } = callDays(regulation, call.closesAt);
      if (!takesQuestions(call, questionsUntil, receivedAt)) throw new QuestionsHaveEnded(questionsUntil);
      const [today] = await tx.query<{ n: number }>(TODAY, [callId]);
      if ((today?.n ?? 0) >= MOST_A_DAY) throw new QuestionAskedTooOften();
      await tx.query(INSERT, [id, region, callId, actorId, receivedAt, words]);
      const subject = { subjectKind: 'public-question', subjectId: id };
      await writeAudit(tx, { region, actor: actorId, act: 'question.ask', ...subject, data: { call: callId } });
    });
  }
}

/** From the publication of a call, also before it opens, through its last day for questions. */
export function takesQuestions(call: Pick<CallView, 'phase' | 'closesAt'>, until: string, now: Instant): boolean {
  return call.phase === 'submitted' && isBeforeClosing(call, now) && dateOf(now) <= until;
}
