import type { MoveContext, Notice, NoticeWriter, Recipient } from '#lib/engine';
import type { Instant, Text } from '#lib/kernel';

type View = Readonly<Record<string, unknown>>;

/** What `app.open_proposal_and_parties` gives beside the facts. */
export interface ProposalContext {
  readonly call: string;
  readonly number: string;
  readonly title: string;
  readonly regime: 'AWB' | 'REGLEMENT';
  readonly requestedCents: number | null;
  readonly minimumCents: number | null;
  readonly contentHash: string | null;
  readonly submittedAt: Instant | null;
  readonly callName: Text;
  readonly regionName: Text;
  /** Null when the account was disabled: it gets no mail. */
  readonly lead: Recipient | null;
  /** Contact persons who confirmed that they want copies. */
  readonly contacts: readonly Recipient[];
  /** Whether a private person applies. */
  readonly isPerson: boolean;
}

export function proposalContext({ opened }: Pick<MoveContext, 'opened'>): ProposalContext {
  return opened.context as unknown as ProposalContext;
}

/** What a mail to the lead applicant has besides the words of every such mail. */
interface Addition {
  /** What this template says besides. */
  readonly more?: (context: MoveContext, to: Recipient) => View | Promise<View>;
  readonly holdId?: (context: MoveContext) => string | undefined | Promise<string | undefined>;
  /** Says what is the applicant's own when that is a private person (AVG): then no contact gets a copy. */
  readonly isPersonal?: boolean;
}

const COPY: Text = { nl: 'kopie', en: 'copy' };

/** Writes a mail to the lead applicant, and a copy to each contact person, in the recipient's language. */
export function toLeadApplicant(template: string, addition: Addition = {}): NoticeWriter {
  return async (context) => {
    const { lead, contacts, isPerson } = proposalContext(context);
    const copies = addition.isPersonal === true && isPerson ? [] : contacts;
    const notices: Notice[] = lead === null ? [] : [await noticeTo(lead, lead.name, { template, context, addition })];
    for (const contact of copies) {
      const name = `${contact.name} (${COPY[contact.language]})`;
      notices.push(await noticeTo(contact, name, { template, context, addition }));
    }
    return notices;
  };
}

interface Mail {
  readonly template: string;
  readonly context: MoveContext;
  readonly addition: Addition;
}

async function noticeTo(to: Recipient, name: string, { template, context, addition }: Mail): Promise<Notice> {
  const { number, title, callName, regionName, regime } = proposalContext(context);
  const { key, address, language } = to;
  const hold = await addition.holdId?.(context);
  return {
    ...{ region: context.opened.region, eventId: context.eventId, recipientKey: key, template, language },
    to: { address, name: to.name },
    view: {
      ...{ name, number, title, call: callName[language], region: regionName[language] },
      isAwb: regime === 'AWB',
      ...(await addition.more?.(context, to)),
    },
    ...(hold === undefined ? {} : { holdId: hold }),
  };
}
