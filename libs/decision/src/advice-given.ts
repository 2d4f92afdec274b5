import type { NoticeWriter, Notice } from '#lib/engine';
import { proposalContext, staffOf } from '#lib/intake';
import type { PersonDirectory } from '#lib/people';

const TOLD_TODAY = {
  name: 'told-of-advice-today',
  text: `select recipient_key as who from outbox where template = 'advice-given' and recipient_key = any ($2::text[])
    and view #>> '{aboutSubject,id}' = $1::text and created_at >= date_trunc('day', app_now(), 'Europe/Amsterdam')`,
};

/**
 * Tells the deciders that the committee advises in a call: at most once a day each, because a chair lays whole rankings before them.
 * Two advices at the very same moment may each be told.
 */
export function adviceGiven(directory: PersonDirectory): NoticeWriter {
  return async (context) => {
    const { tx, subject, opened, eventId } = context;
    const { callName, regionName, call } = proposalContext(context);
    const deciders = await staffOf(tx, { id: subject.id, region: opened.region }, ['decider'], directory);
    const ids = deciders.map(({ personId }) => personId);
    const told = new Set((await tx.query<{ who: string }>(TOLD_TODAY, [call, ids])).map(({ who }) => who));
    return deciders
      .filter(({ personId }) => !told.has(personId))
      .map(({ personId, name, address, language }): Notice => ({
        ...{ region: opened.region, eventId, recipientKey: personId, template: 'advice-given', language },
        ...{ to: { address, name }, about: { kind: 'call', id: call } },
        view: { name, call: callName[language], region: regionName[language] },
      }));
  };
}
