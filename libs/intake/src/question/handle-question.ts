import { assertHolds, type Viewer } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit, writeNotices, type MessageIdOptions, type Notice } from '#lib/engine';
import type { Language, Text } from '#lib/kernel';
import { nameIn } from './names-in.js';
import { QuestionNamesSomebody, QuestionWasHandled } from './question-errors.js';

/** What everybody reads; English where the desk wrote it. */
export interface PublishedWords {
  readonly question: { readonly nl: string; readonly en: string | null };
  readonly answer: { readonly nl: string; readonly en: string | null };
}

interface Place {
  readonly region: string;
  readonly callId: string;
  readonly questionId: string;
}

interface Found {
  readonly state: 'open' | 'published' | 'closed';
  readonly askedBy: string;
  readonly number: string;
  readonly call: Text;
  /** What would tell who asked: name and address of the asker, names of the own proposals in this call. */
  readonly names: readonly (string | null)[];
}

interface Recipient {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly language: Language;
}

/** The row is locked first; the names are read by the next statement, after the wait. */
const LOCK = {
  name: 'lock-public-question',
  text: 'select 1 from public_question where id = $1 and call_id = $2 for update',
};
const FIND = {
  name: 'public-question-to-handle',
  text: `select q.state, q.asked_by as "askedBy", c.number, jsonb_build_object('nl', c.name_nl, 'en', c.name_en) as call,
      array[a.name, a.email::text] || array(select unnest(array[p.title, p.organisation, p.number]) from proposal p
        where p.call_id = c.id and p.lead_applicant = q.asked_by) as names
    from public_question q join call c on c.id = q.call_id join person a on a.id = q.asked_by where q.id = $1`,
};
const PUBLISH = {
  name: 'publish-question',
  text: `update public_question set state = 'published', question_nl = $2, answer_nl = $3, question_en = $4, answer_en = $5,
      handled_by = app.actor(), handled_at = app_now() where id = $1`,
};
const CLOSE = {
  name: 'close-question',
  text: `update public_question set state = 'closed', closed_reason = $2, handled_by = app.actor(), handled_at = app_now() where id = $1`,
};
/** The asker, and everybody with a draft in the call; each once, however many drafts. */
const TOLD = {
  name: 'who-hears-of-question',
  text: `select o.id as key, o.name, o.email::text as address, o.language from person o
    where o.disabled_at is null and (o.id = $2 or exists (select 1 from proposal p where p.call_id = $1 and p.phase = 'preparing'
      and p.lead_applicant = o.id)) order by o.id`,
};

/** The secretary answers a question to everyone at once, without who asked, or tells the asker why not. */
export class HandleQuestion {
  constructor(
    private readonly database: Database,
    private readonly messageIds: MessageIdOptions,
  ) {}

  /** One mail per person. Throws NotForThisViewer, SubjectNotFound, QuestionWasHandled, QuestionNamesSomebody. */
  async publish(viewer: Viewer, place: Place, { question, answer }: PublishedWords): Promise<void> {
    await this.handle(viewer, place, 'question.publish', async (tx, { askedBy, names, ...found }) => {
      const words = [question.nl, answer.nl, question.en ?? '', answer.en ?? ''].join('\n');
      const named = nameIn(
        words,
        names.filter((name) => name !== null),
      );
      if (named !== null) throw new QuestionNamesSomebody(named);
      await tx.query(PUBLISH, [place.questionId, question.nl, answer.nl, question.en, answer.en]);
      const told = await tx.query<Recipient>(TOLD, [place.callId, askedBy]);
      return told.map((to) => {
        const paragraphs = (answer[to.language] ?? answer.nl).split(/\n+/);
        const view = { question: question[to.language] ?? question.nl, paragraphs };
        return noticeTo(to, place, found, { template: 'question-answered', view });
      });
    });
  }

  /** Throws NotForThisViewer, SubjectNotFound, QuestionWasHandled. */
  async close(viewer: Viewer, place: Place, reason: string): Promise<void> {
    await this.handle(viewer, place, 'question.close', async (tx, { askedBy, ...found }) => {
      await tx.query(CLOSE, [place.questionId, reason]);
      const told = await tx.query<Recipient>(TOLD, [place.callId, askedBy]);
      return told
        .filter(({ key }) => key === askedBy)
        .map((to) =>
          noticeTo(to, place, found, { template: 'question-closed', view: { paragraphs: reason.split(/\n+/) } }),
        );
    });
  }

  private async handle(
    viewer: Viewer,
    { region, callId, questionId }: Place,
    act: string,
    work: (tx: Transaction, found: Found) => Promise<readonly Notice[]>,
  ): Promise<void> {
    const actor = assertHolds(viewer, region, ['secretary']);
    await this.database.unit({ regions: [region], actor }, async (tx) => {
      if ((await tx.query(LOCK, [questionId, callId])).length === 0)
        throw new SubjectNotFound('public-question', questionId);
      const [found] = await tx.query<Found>(FIND, [questionId]);
      if (found?.state !== 'open') throw new QuestionWasHandled();
      const notices = await work(tx, found);
      await writeAudit(tx, { region, actor, act, subjectKind: 'public-question', subjectId: questionId });
      await writeNotices(tx, notices, this.messageIds);
    });
  }
}

interface Told {
  readonly template: 'question-answered' | 'question-closed';
  readonly view: Readonly<Record<string, string | readonly string[]>>;
}

function noticeTo(
  { key, name, address, language }: Recipient,
  { region, callId, questionId }: Place,
  { number, call }: Pick<Found, 'number' | 'call'>,
  { template, view }: Told,
): Notice {
  return {
    ...{ region, eventId: questionId, recipientKey: key, template, language, to: { address, name } },
    about: { kind: 'call', id: callId },
    view: { name, number, call: call[language], ...view },
  };
}
