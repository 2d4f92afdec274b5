import type { MoveContext, Notice, NoticeWriter } from '#lib/engine';
import { isInOrder, outcomeForParties, proposalContext, toLeadApplicant } from '#lib/intake';
import { dateAndTime, Fraction, type Instant, type Language, type Text } from '#lib/kernel';
import type { PersonDirectory } from '#lib/people';
import type { FrozenRules } from '#lib/regulation';
import { addressIn } from './address-in.js';
import { adviceGiven } from './advice-given.js';
import { OUTCOMES, toldAtOnce } from './deciding.js';
import { readDraft, type Ground } from './draft.js';
import { groundParagraph, type GroundSetting, type GroundValues } from './ground-texts.js';
import { objectionTerm } from './objection-term.js';
import { waiverNotices } from './waiver-notices.js';

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

/**
 * Outcome, what decided it, and the ground. The last day to object and a place on the reserve list join when the letter is released, or at
 * once where the decision does not wait for an announcement.
 */
async function letterView(
  context: MoveContext,
  frozen: FrozenRules,
  language: Language,
): Promise<Readonly<Record<string, unknown>>> {
  const { tx, subject, opened, receivedAt } = context;
  const { regime, requestedCents } = proposalContext(context);
  const draft = await readDraft(tx, subject.id);
  const { outcome, ground, amountCents, reasons, deviationReason } = draft;
  const [judged] = await tx.query<Judged>(JUDGED, [subject.id]);
  const values = await groundValues(context, frozen, language);
  return {
    ...{ isGranted: outcome === 'grant', isRefused: outcome === 'refuse' },
    ...{ amountCents, requestedCents, reasons, deviationReason },
    isPartial: amountCents !== null && requestedCents !== null && amountCents < requestedCents,
    ...groundOf(ground, { regime, language, isInOrder: isInOrder(opened.facts) }, values),
    ...scoresOf(judged, language),
    where: await addressIn(context, frozen),
    reservePlace: (opened.facts['reserve'] as { place?: number } | null | undefined)?.place ?? null,
    ...(toldAtOnce(context, outcome) ? { objectionLastDay: objectionTerm(receivedAt, regime).lastDay } : {}),
  };
}

/** The paragraph of the ground. Who else gets money is certain only with the announcement, which then chooses between the two (announce.ts). */
function groundOf(
  ground: Ground | null,
  setting: Omit<GroundSetting, 'wasPassed'>,
  values: GroundValues,
): Readonly<Record<string, string>> {
  if (ground === null) return { ground: '' };
  const text = (wasPassed: boolean): string => groundParagraph(ground, { ...setting, wasPassed }, values);
  return ground === 'ceiling' ? { ground: text(false), groundWhenPassed: text(true) } : { ground: text(false) };
}

async function groundValues({ opened }: MoveContext, frozen: FrozenRules, language: Language): Promise<GroundValues> {
  const { regulation } = await frozen.rules(opened.rulesHash);
  const { closesAt } = opened.facts['call'] as { closesAt: Instant };
  const { submittedAt } = proposalContext({ opened });
  return {
    threshold: decimal(regulation.rubric.threshold.total, language),
    received: submittedAt === null ? '–' : dateAndTime(language, submittedAt),
    closed: dateAndTime(language, closesAt),
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

/** A letter waits for the announcement of its call, unless its decision does not. */
async function holdUntilAnnounced(context: MoveContext): Promise<string | undefined> {
  const { outcome } = await readDraft(context.tx, context.subject.id);
  return toldAtOnce(context, outcome) ? undefined : proposalContext(context).call;
}

const ADVISER = {
  name: 'adviser-to-tell',
  text: `select v.given_by as "givenBy" from decision_draft d join lateral (select * from advice a where a.proposal_id = d.proposal_id
      order by a.given_at desc limit 1) v on v.outcome <> d.outcome or v.amount_cents is distinct from d.amount_cents
    where d.proposal_id = $1`,
};

/** The adviser hears when a decision deviates from the advice (Awb 3:43); held until the announcement like the decision itself. */
function toAdviser(directory: PersonDirectory): NoticeWriter {
  return async (context) => {
    const { tx, opened, subject, eventId } = context;
    const [adviser] = await tx.query<{ givenBy: string }>(ADVISER, [subject.id]);
    if (adviser === undefined) return [];
    const { number, title, callName, regionName } = proposalContext(context);
    const { outcome, amountCents, deviationReason } = await readDraft(tx, subject.id);
    const hold = await holdUntilAnnounced(context);
    const advisers = await directory.addressees(tx, [adviser.givenBy]);
    return advisers.map(({ personId, name, address, language }): Notice => ({
      ...{ region: opened.region, eventId, recipientKey: personId, template: 'deviation-told', language },
      to: { address, name },
      view: {
        ...{ name, number, title, call: callName[language], region: regionName[language] },
        ...{ isGranted: outcome === 'grant', amountCents, deviationReason },
      },
      ...(hold === undefined ? {} : { holdId: hold }),
    }));
  };
}

/** Who confirmed a part hears the outcome when the applicant does. */
function withParties(letter: NoticeWriter): NoticeWriter {
  return async (context) => {
    const { outcome } = await readDraft(context.tx, context.subject.id);
    const told = await outcomeForParties(context, OUTCOMES[outcome], await holdUntilAnnounced(context));
    return [...(await letter(context)), ...told];
  };
}

/** The mails and letters that deciding adds to a proposal. */
export function decisionNotices(
  directory: PersonDirectory,
  frozen: FrozenRules,
): Readonly<Record<string, NoticeWriter>> {
  const letter = (template: string): NoticeWriter =>
    withParties(
      toLeadApplicant(template, {
        more: (context, { language }) => letterView(context, frozen, language),
        holdId: holdUntilAnnounced,
        isPersonal: true,
      }),
    );
  return {
    'advice-given': adviceGiven(directory),
    'decision-letter': letter('decision-letter'),
    promoted: letter('promoted'),
    'deviation-told': toAdviser(directory),
    ...waiverNotices(directory, frozen),
  };
}
