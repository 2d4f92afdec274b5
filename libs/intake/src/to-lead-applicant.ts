import type { MoveContext, Notice, NoticeWriter, Recipient } from '#lib/engine';
import type { Instant, Text } from '#lib/kernel';

type View = Readonly<Record<string, unknown>>;

/** What `app.open_proposal` gives beside the facts. */
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
}

export function proposalContext({ opened }: Pick<MoveContext, 'opened'>): ProposalContext {
  return opened.context as unknown as ProposalContext;
}

/** Writes a mail to the lead applicant in that person's language; `more` adds what this template says besides. */
export function toLeadApplicant(
  template: string,
  more: (context: MoveContext, lead: Recipient) => View | Promise<View> = () => ({}),
  holdId: (context: MoveContext) => string | undefined | Promise<string | undefined> = () => undefined,
): NoticeWriter {
  return async (context) => {
    const { lead, number, title, callName, regionName } = proposalContext(context);
    if (lead === null) return [];
    const { key, name, address, language } = lead;
    const hold = await holdId(context);
    const notice: Notice = {
      region: context.opened.region,
      eventId: context.eventId,
      recipientKey: key,
      template,
      language,
      to: { address, name },
      view: {
        name,
        number,
        title,
        call: callName[language],
        region: regionName[language],
        ...(await more(context, lead)),
      },
      ...(hold === undefined ? {} : { holdId: hold }),
    };
    return [notice];
  };
}
