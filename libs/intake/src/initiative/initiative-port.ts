import type { MoveContext, Notice, NoticeWriter, Recipient, SubjectPort } from '#lib/engine';
import { dateOf, type Text } from '#lib/kernel';
import { computeTerm } from '#lib/terms';

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

/** How the engine opens, judges and writes an initiative. */
export function initiativePort(): SubjectPort {
  return {
    kind: 'initiative',
    table: 'initiative',
    opens: 'app.open_initiative',
    evidence: {
      registeredAt: { column: 'registered_at', type: 'timestamptz' },
      outcome: { column: 'outcome', type: 'text' },
      outcomeBy: { column: 'outcome_by', type: 'uuid' },
    },
    effects: {
      'record-registration': {
        version: 1,
        run: ({ receivedAt, writes }) =>
          writes.setEvidence({ registeredAt: receivedAt, outcome: null, outcomeBy: null }),
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
      'initiative-outcome': toOwner('initiative-outcome', ({ payload }) => ({ outcome: payload['answer'] })),
    },
  };
}
