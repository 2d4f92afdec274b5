import type { MoveContext, Notice, NoticeWriter, Recipient, SubjectPort } from '#lib/engine';
import { dateOf, type Text } from '#lib/kernel';
import type { PersonDirectory } from '#lib/people';
import { computeTerm } from '#lib/terms';
import { NATIONAL } from './initiative-content.js';

interface InitiativeContext {
  readonly number: string;
  readonly title: string;
  readonly regionName: Text;
  /** Null when the account was disabled: it gets no mail. */
  readonly owner: Recipient | null;
}

type View = Readonly<Record<string, unknown>>;

function toOwner(template: string, more: (context: MoveContext) => View): NoticeWriter {
  return (context) => {
    const { owner, number, title, regionName } = context.opened.context as unknown as InitiativeContext;
    if (owner === null) return [];
    const { key, name, address, language } = owner;
    const notice: Notice = {
      ...{
        region: context.opened.region,
        eventId: context.eventId,
        recipientKey: key,
        template,
        language,
        to: { address, name },
      },
      view: { name, number, title, region: regionName[language], ...more(context) },
    };
    return [notice];
  };
}

/** The same ten working days as the workflow's term. */
function answerBy(receivedAt: string): string {
  return computeTerm({ start: dateOf(receivedAt), period: 'P10WD', source: 'own-rules' }).lastDay;
}

/** Those at the desk of the network, or at the national one. */
function toDesk(template: string, directory: PersonDirectory, more: (context: MoveContext) => View): NoticeWriter {
  return async (context) => {
    const { opened, tx, eventId } = context;
    const { number, title, regionName } = opened.context as unknown as InitiativeContext;
    const roles = opened.region === NATIONAL ? (['national-office'] as const) : (['coordinator', 'secretary'] as const);
    const desk = await directory.holders(tx, opened.region, roles);
    return desk.map(({ personId, name, address, language }): Notice => ({
      ...{ region: opened.region, eventId, recipientKey: personId, template, language, to: { address, name } },
      view: { name, number, title, region: regionName[language], ...more(context) },
    }));
  };
}

/** How the engine opens, judges and writes an initiative. */
export function initiativePort(directory: PersonDirectory): SubjectPort {
  return {
    kind: 'initiative',
    table: 'initiative',
    opens: 'app.open_initiative',
    evidence: {
      registeredAt: { column: 'registered_at', type: 'timestamptz' },
      outcome: { column: 'outcome', type: 'text' },
      outcomeBy: { column: 'outcome_by', type: 'uuid' },
      question: { column: 'question', type: 'text' },
    },
    effects: {
      'record-registration': {
        version: 1,
        run: ({ receivedAt, writes }) =>
          writes.setEvidence({ registeredAt: receivedAt, outcome: null, outcomeBy: null }),
      },
      'record-question': {
        version: 1,
        run: ({ payload, writes }) => writes.setEvidence({ question: payload['question'] }),
      },
      'record-outcome': {
        version: 1,
        run: ({ payload, actor, writes }) => writes.setEvidence({ outcome: payload['answer'], outcomeBy: actor.id }),
      },
    },
    notices: {
      'initiative-registered': toOwner('initiative-registered', ({ receivedAt }) => ({
        answerBy: answerBy(receivedAt),
      })),
      'initiative-asked-again': toDesk('initiative-asked-again', directory, ({ payload }) => ({
        question: payload['question'],
      })),
      'initiative-outcome': toOwner('initiative-outcome', ({ payload }) => ({ outcome: payload['answer'] })),
    },
  };
}
