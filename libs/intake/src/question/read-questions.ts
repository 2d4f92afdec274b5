import { scopeOf } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Instant } from '#lib/kernel';

/** A question and its answer as everybody reads them; English is null where nobody wrote it. */
export interface PublishedQuestion {
  readonly id: string;
  readonly publishedAt: Instant;
  readonly question: { readonly nl: string; readonly en: string | null };
  readonly answer: { readonly nl: string; readonly en: string | null };
}

/** A question of the reader's own that is not published. */
export interface OwnQuestion {
  readonly id: string;
  readonly askedAt: Instant;
  readonly words: string;
  readonly closedReason: string | null;
}

/** A question that waits for the desk. Who asked is not told: answering needs the words alone. */
export interface OpenQuestion {
  readonly id: string;
  readonly askedAt: Instant;
  readonly words: string;
}

const PUBLISHED = {
  name: 'published-questions',
  text: `select q.id, q.handled_at as "publishedAt", jsonb_build_object('nl', q.question_nl, 'en', q.question_en) as question,
      jsonb_build_object('nl', q.answer_nl, 'en', q.answer_en) as answer
    from public_question q join call c on c.id = q.call_id
    where q.call_id = $1 and q.state = 'published' and ${scopeOf('call', 'c')} order by q.handled_at desc limit 200`,
};
const OWN = {
  name: 'own-questions',
  text: `select id, asked_at as "askedAt", words, closed_reason as "closedReason" from public_question
    where call_id = $1 and asked_by = app.actor() and state <> 'published' order by asked_at desc limit 50`,
};
const OPEN = {
  name: 'open-questions',
  text: `select id, asked_at as "askedAt", words from public_question
    where call_id = $1 and state = 'open' and app.staff_roles(region, app.actor()) ? 'secretary' order by asked_at limit 200`,
};

/** What was asked and answered about a call, newest first. */
export async function listPublishedQuestions(tx: Transaction, callId: string): Promise<readonly PublishedQuestion[]> {
  return tx.query<PublishedQuestion>(PUBLISHED, [callId]);
}

export async function listOwnQuestions(tx: Transaction, callId: string): Promise<readonly OwnQuestion[]> {
  return tx.query<OwnQuestion>(OWN, [callId]);
}

/** For the secretary of the region, oldest first; empty for others. */
export async function listOpenQuestions(tx: Transaction, callId: string): Promise<readonly OpenQuestion[]> {
  return tx.query<OpenQuestion>(OPEN, [callId]);
}
