import type { MoveContext, Notice, NoticeWriter } from '#lib/engine';
import { proposalContext, toLeadApplicant } from '#lib/intake';
import { Fraction, type Language, type Text } from '#lib/kernel';
import type { PersonDirectory } from '#lib/people';
import { readDraft } from './draft.js';
import { GROUND_TEXTS } from './ground-texts.js';
import { objectionTerm } from './objection-term.js';

interface Judged {
  readonly total: string | null;
  readonly criteriaExact: Readonly<Record<string, string>> | null;
  readonly criteria: readonly { readonly key: string; readonly label: Text }[];
}

const JUDGED = {
  name: 'scores-for-letter',
  text: `select p.total_exact as total, p.criteria_exact as "criteriaExact", c.parameters #> '{rubric,criteria}' as criteria
    from proposal p join call c on c.id = p.call_id where p.id = $1`,
};

/** Decimals of a score in a letter; the exact fraction decides, the letter rounds. */
const DECIMALS = 2;

/** Outcome, what decided it, and the ground. The last day to object joins when the letter is released, or at once after the announcement. */
async function letterView(context: MoveContext, language: Language): Promise<Readonly<Record<string, unknown>>> {
  const { tx, subject, opened, receivedAt } = context;
  const { regime } = proposalContext(context);
  const { outcome, ground, amountCents, reasons } = await readDraft(tx, subject.id);
  const [judged] = await tx.query<Judged>(JUDGED, [subject.id]);
  return {
    isGranted: outcome === 'grant',
    isAwb: regime === 'AWB',
    amountCents,
    ground: ground === null ? '' : GROUND_TEXTS[ground][language],
    reasons,
    ...scoresOf(judged, language),
    ...(isAnnounced(opened.facts) ? { objectionLastDay: objectionTerm(receivedAt, regime).lastDay } : {}),
  };
}

function scoresOf(judged: Judged | undefined, language: Language): Readonly<Record<string, unknown>> {
  const exact = judged?.criteriaExact ?? {};
  const scores = (judged?.criteria ?? []).flatMap(({ key, label }) => {
    const score = exact[key];
    return score === undefined ? [] : [{ criterion: label[language], score: decimal(score, language) }];
  });
  return { scores, total: judged?.total == null ? '' : decimal(judged.total, language) };
}

function decimal(exact: string, language: Language): string {
  const text = Fraction.parse(exact).toDecimal(DECIMALS);
  return language === 'nl' ? text.replace('.', ',') : text;
}

/** Whether a decision is announced as soon as it is taken: after its call's announcement, or where each is announced by itself. */
function isAnnounced(facts: Readonly<Record<string, unknown>>): boolean {
  const call = facts['call'] as { announced?: boolean; announcesEach?: boolean } | undefined;
  return call?.announced === true || call?.announcesEach === true;
}

/** A letter waits for the announcement of its call; after that it leaves at once. */
function holdUntilAnnounced(context: MoveContext): string | undefined {
  return isAnnounced(context.opened.facts) ? undefined : proposalContext(context).call;
}

/** Tells the deciders of the region that a case waits for them. */
function toDeciders(directory: PersonDirectory): NoticeWriter {
  return async (context) => {
    const { tx, opened, eventId } = context;
    const { number, title, callName, regionName } = proposalContext(context);
    const deciders = await directory.holders(tx, opened.region, ['decider']);
    return deciders.map(({ personId, name, address, language }): Notice => ({
      ...{ region: opened.region, eventId, recipientKey: personId, template: 'advice-given', language },
      to: { address, name },
      view: { name, number, title, call: callName[language], region: regionName[language] },
    }));
  };
}

/** The mails and letters that deciding adds to a proposal. */
export function decisionNotices(directory: PersonDirectory): Readonly<Record<string, NoticeWriter>> {
  const letter = (template: string): NoticeWriter =>
    toLeadApplicant(template, (context, { language }) => letterView(context, language), holdUntilAnnounced);
  return {
    'advice-given': toDeciders(directory),
    'decision-letter': letter('decision-letter'),
    promoted: letter('promoted'),
  };
}
