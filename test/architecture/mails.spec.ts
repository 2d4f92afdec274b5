import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Templates } from '#lib/notices';
import { projectFolder } from '#lib/settings';

/**
 * What a mail about something must say itself, from 1 January 2027 (Awb 2:10 lid 2): who sends it, what it is about and what it does, whether
 * something is asked of its reader, and until when. `about` and `says` are values of the view that stand in the text; `asks` is what the reader
 * does, `until` the value that says until when. A template without a row here fails.
 */
interface Rule {
  readonly about: readonly string[];
  readonly says?: readonly (string | RegExp)[];
  readonly asks?: { readonly nl: RegExp; readonly en: RegExp };
  readonly until?: readonly string[];
  /** Values beside `VIEW`, for another outcome of the same mail. */
  readonly when?: Readonly<Record<string, unknown>>;
}

const DAY = '2027-03-04';
const DAY_IN_WORDS = { nl: '4 maart 2027', en: '4 March 2027' };
const MOMENT = '2027-03-04T16:00:00Z';
const VIEW: Readonly<Record<string, unknown>> = {
  ...{ sender: 'Netwerk Noord', name: 'A. Lezer', region: 'Netwerk Noord', page: 'https://site.example/x' },
  ...{
    number: '2027-1-004',
    title: 'Schoon water',
    call: 'Voorjaarsronde',
    organisation: 'Kwekerij',
    file: 'plan.pdf',
  },
  ...{
    isAwb: true,
    isInOrder: false,
    isComplete: true,
    isCompletion: false,
    isSubmitted: false,
    isText: false,
    isLate: false,
    isGranted: true,
  },
  ...{ isRefused: false, isPartial: false, isOral: false, isConfirmed: true, inTime: true, mayObject: true },
  ...{ isContact: false, isPayee: false, mayApply: true, mayConfirm: true },
  ...{
    receivedAt: MOMENT,
    closesAt: MOMENT,
    closedAt: MOMENT,
    plannedAt: MOMENT,
    expiresAt: MOMENT,
    until: MOMENT,
    from: null,
  },
  former: { receivedAt: MOMENT, contentHash: 'f0e1' },
  ...{ lastDay: DAY, answerBy: DAY, objectionLastDay: DAY, decideBy: DAY, minutes: 15 },
  ...{ missing: [{ question: 'De rekening', until: null }], note: 'Bel gerust.', about: 'De school doet niet mee.' },
  ...{ view: 'Zij doet wel mee.', outcome: 'Wij denken mee.', reason: 'Het was storing.', reasons: 'Een sterk plan.' },
  ...{
    ground: 'Er is te weinig geld.',
    deviationReason: 'Het past.',
    reservePlace: 3,
    amountCents: 400_000,
    requestedCents: 500_000,
  },
  ...{
    scores: [],
    total: '',
    where: ', Postbus 1',
    files: [{ name: 'plan.pdf', sha256: 'c0ffee' }],
    contentHash: 'a7b1',
  },
  ...{
    question: 'Telt een museum mee?',
    paragraphs: ['Ja, dat telt mee.'],
    points: [{ label: 'Rekening', text: 'ontbreekt' }],
  },
  ...{ term: 'de termijn', act: 'Vul aan.', applicant: 'B. Vrager', contact: 'T. van Dam', giver: 'D. Bestuurder' },
  ...{ boardName: 'Stichting', inviter: 'C. Oördinator', roles: ['commissielid'] },
  secret: { link: 'https://site.example/geheim', unsubscribe: 'https://site.example/afmelden' },
};

const OBJECT = { nl: /U kunt bezwaar maken tot en met/, en: /You can object until/ };
const PASSWORD = { nl: /Kies een wachtwoord/, en: /Choose a password/ };
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  'account-asked': [
    { about: [], says: [/account/], asks: PASSWORD, until: ['expiresAt'] },
    { about: [], says: [/drie dagen|three days/], asks: PASSWORD, until: ['expiresAt'], when: { isText: true } },
  ],
  admitted: [{ about: ['number', 'title', 'call'], says: [/beoordel|review/] }],
  'advice-given': [{ about: ['call'], says: [/bereidt de besluiten voor|prepares the decisions/] }],
  'attachment-infected': [
    {
      about: ['number', 'title', 'file'],
      says: [/vernietigd|destroyed/],
      asks: { nl: /Haal het bestand weg/, en: /Take the file out/ },
      until: ['until'],
    },
    { about: ['number', 'title', 'file'], says: [/neemt contact|will contact/], when: { isSubmitted: true } },
  ],
  'call-closed-early': [
    { about: ['call', 'region'], says: ['reason', /doet niet mee|takes no part/], until: ['closedAt'] },
  ],
  'call-extended': [{ about: ['call'], says: ['reason'], asks: { nl: /indienen/, en: /submit/ }, until: ['closesAt'] }],
  'call-opened': [
    {
      about: ['call', 'region'],
      says: [/wissen uw adres|erase your address/, /Zeg dan alles af|end everything/],
      asks: { nl: /indienen/, en: /submit/ },
      until: ['closesAt'],
    },
  ],
  'check-answered': [
    {
      about: ['number', 'call'],
      says: [/niets|Nothing/],
      asks: { nl: /dient zelf in/, en: /submit it yourself/ },
      until: ['until'],
    },
    { about: ['number', 'call'], says: [/ontbreekt/, 'note'], when: { isComplete: false } },
  ],
  'completion-request': [
    {
      about: ['number', 'title'],
      says: [/De rekening/, 'note'],
      asks: { nl: /Vul dit aan/, en: /complete this/ },
      until: ['lastDay'],
    },
  ],
  'decision-letter': [
    {
      about: ['number', 'title', 'call'],
      says: [/toegekend|granted/, /4[.,]000/, 'reasons'],
      asks: OBJECT,
      until: ['objectionLastDay'],
    },
    {
      about: ['number', 'title', 'call'],
      says: [/afgewezen|refused/, 'ground', 'reasons'],
      ...{ asks: OBJECT, until: ['objectionLastDay'], when: { isGranted: false, isRefused: true } },
    },
    {
      about: ['number', 'title', 'call'],
      says: [/buiten behandeling|not processed/, 'ground'],
      ...{ asks: OBJECT, until: ['objectionLastDay'], when: { isGranted: false } },
    },
  ],
  'deviation-told': [{ about: ['number', 'title', 'call'], says: [/4[.,]000/, 'deviationReason'] }],
  'draft-expired': [{ about: ['number', 'title', 'call'], says: [/niet ingediend|not submitted/] }],
  'explanation-asked': [
    { about: ['number', 'title'], says: [/geen bezwaar|no objection/], until: ['lastDay', 'receivedAt'] },
  ],
  'explanation-given': [{ about: ['number', 'title'], says: [/Ja, dat telt mee/], until: ['lastDay'] }],
  heard: [{ about: ['number', 'title'], says: ['view'], asks: { nl: /Klopt dit niet/, en: /not right/ } }],
  hearing: [
    {
      about: ['number', 'title'],
      says: ['about'],
      asks: { nl: /Geef uw zienswijze/, en: /Give your view/ },
      until: ['lastDay'],
    },
  ],
  'initiative-outcome': [{ about: ['number', 'title'], says: ['outcome'] }],
  'initiative-registered': [{ about: ['number', 'title'], says: [/ontvangen|received/], until: ['answerBy'] }],
  'co-writer-asked': [
    {
      about: ['number', 'title', 'call', 'region'],
      says: ['inviter', /niet beoordelen|cannot review/],
      asks: { nl: /Neem de uitnodiging aan/, en: /Accept/ },
      until: ['expiresAt'],
    },
  ],
  invitation: [
    {
      about: ['region'],
      says: ['inviter', /commissielid/],
      asks: { nl: /Neem de uitnodiging aan/, en: /Accept/ },
      until: ['expiresAt'],
    },
  ],
  'mandate-given': [
    {
      about: ['boardName'],
      says: ['giver', /indienen|submit/, /bevestigen|confirm/],
      when: { until: DAY, from: DAY },
      until: ['until'],
    },
  ],
  'initiative-asked-again': [
    {
      about: ['number', 'title'],
      says: ['question'],
      asks: { nl: /Log in om te antwoorden/, en: /Sign in to answer/ },
    },
  ],
  'objection-received': [{ about: ['number', 'title'], says: [/op tijd|in time/], until: ['lastDay', 'receivedAt'] }],
  'offer-confirm': [{ about: ['organisation'], asks: { nl: /Bevestig/, en: /Confirm/ }, until: ['until'] }],
  'offer-matched-owner': [{ about: ['title'], says: ['organisation', 'contact'] }],
  'offer-matched-partner': [{ about: ['title'], says: ['contact'] }],
  'opening-asked': [
    {
      about: ['call', 'region'],
      says: [/Was u het niet|Was it not you/],
      asks: { nl: /Bevestig/, en: /Confirm/ },
      until: ['until'],
    },
    {
      about: ['region'],
      says: [/volgende ronde|next call/, /wissen wij uw adres|we erase your address/],
      ...{ asks: { nl: /Bevestig/, en: /Confirm/ }, until: ['until'], when: { call: null } },
    },
  ],
  'party-answered': [
    { about: ['organisation', 'number', 'title'], says: [/bevestigd|confirmed/] },
    {
      about: ['organisation', 'number', 'title'],
      says: [/niet bevestigd|did not confirm/, 'reason'],
      asks: { nl: /vraag opnieuw/, en: /ask for confirmation again/ },
      when: { isConfirmed: false },
    },
  ],
  'party-asked': [
    {
      about: ['organisation', 'title'],
      says: ['applicant'],
      asks: { nl: /Bevestig/, en: /Confirm/ },
      until: ['until'],
    },
  ],
  'party-outcome': [
    {
      about: ['number', 'title', 'call', 'organisation'],
      says: ['lead', /toegekend|awarded/],
      when: { lead: 'De Ark', outcome: 'granted' },
    },
    ...(
      [
        ['refused', /afgewezen|refused/],
        ['not-processed', /buiten behandeling|not processed/],
        ['withdrawn', /ingetrokken|withdr/],
        ['waived', /ziet af|waive/],
        ['expired', /niet ingediend|not submitted/],
      ] as const
    ).map(([outcome, told]) => ({
      about: ['number', 'title'],
      says: [told, /niet meer vast|no longer bound/],
      when: { lead: 'De Ark', outcome },
    })),
  ],
  promoted: [
    {
      about: ['number', 'title', 'call'],
      says: [/4[.,]000/, 'reasons', /vervangt|replaces/],
      asks: OBJECT,
      until: ['objectionLastDay'],
    },
  ],
  'question-answered': [{ about: ['call', 'number'], says: ['question', /Ja, dat telt mee/] }],
  'question-closed': [{ about: ['call', 'number'], says: [/Ja, dat telt mee/] }],
  receipt: [
    {
      about: ['number', 'title', 'call'],
      says: [/plan\.pdf/, 'contentHash', /controleren|check/, /f0e1/],
      until: ['receivedAt'],
    },
    {
      about: ['number', 'title'],
      says: ['contentHash', /loopt weer|runs on again/],
      until: ['receivedAt'],
      when: { isCompletion: true },
    },
  ],
  'review-invited': [
    { about: ['number', 'title', 'call'], asks: { nl: /te beoordelen/, en: /review proposal/ }, until: ['lastDay'] },
  ],
  'sign-in-link': [{ about: [], says: [/15 minut/], asks: { nl: /logt u in/, en: /signs you in/ } }],
  'stands-again': [
    {
      about: ['number', 'title', 'call'],
      says: [/f0e1/, /doet niet mee|takes no part/],
      asks: { nl: /Trek/, en: /withdraw/ },
    },
  ],
  'taken-back': [
    {
      about: ['number', 'title', 'call'],
      says: [/dan doet zij mee|it takes part/],
      asks: { nl: /Dien haar opnieuw in/, en: /Submit it again/ },
      until: ['closesAt'],
    },
  ],
  'taken-back-from-desk': [{ about: ['number', 'call'], says: [/Na de sluiting|After the closing/] }],
  'taken-back-soon': [
    {
      about: ['number', 'title', 'call'],
      says: [/doet dan niet mee|takes no part then/],
      asks: { nl: /Dien .* opnieuw in/, en: /Submit .* again/ },
      until: ['closesAt'],
    },
  ],
  'term-reminder': [{ about: ['number', 'title', 'call'], says: ['term', 'act'], until: ['lastDay'] }],
  'view-given': [
    {
      about: ['number', 'title', 'call'],
      says: [/zienswijze|view/],
      asks: { nl: /Lees haar/, en: /Read it/ },
      until: ['decideBy'],
    },
  ],
  'view-received': [
    { about: ['number', 'title'], says: ['view', /voordat het beslist|before it decides/], until: ['receivedAt'] },
  ],
  waived: [
    {
      about: ['number', 'title', 'call'],
      says: [/4[.,]000/, /niet terug te draaien|cannot be undone/],
      until: ['objectionLastDay'],
    },
    { about: ['number', 'title', 'call'], says: [/reservelijst|reserve list/], when: { isGranted: false } },
  ],
  'waiver-told': [{ about: ['number', 'title', 'call'], says: [/4[.,]000/, /blijft staan|stays as/] }],
  withdrawn: [{ about: ['number', 'title', 'call'], says: [/niet meer|no longer/] }],
  'withdrawn-from-review': [{ about: ['number', 'title', 'call'], says: [/niets meer|not do anything more/] }],
};

const templates = Templates.load();
const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** What a mail fails to say. */
function missingIn(template: string, language: 'nl' | 'en', rule: Rule): readonly string[] {
  const view = { ...VIEW, ...rule.when };
  const { subject, text, html } = templates.render(template, language, view);
  const words = flat(`${subject} ${text}`);
  const lacks = (what: string | RegExp): boolean =>
    typeof what === 'string' ? !words.includes(String(view[what as keyof typeof view])) : !what.test(words);
  return [
    ...['sender', ...rule.about].filter(lacks),
    ...(rule.says ?? []).filter(lacks).map(String),
    ...(rule.asks === undefined || rule.asks[language].test(words) ? [] : [`asks ${String(rule.asks[language])}`]),
    ...(rule.until ?? []).filter(() => !words.includes(DAY_IN_WORDS[language])).map((key) => `until ${key}`),
    ...(flat(html).includes(`: ${String(view['sender'])}`) ? [] : ['sender in HTML']),
    ...(text.match(/https?:\/\/\S+/g) ?? []).filter((link) => !html.includes(`href="${link}"`)),
  ];
}

describe('a mail says the essential content of its message', () => {
  it.each(templates.names())(
    '%s: who sends it, what it is about, what it does, what is asked and until when',
    (name) => {
      const rules = RULES[name] ?? [];
      expect([name, rules.length > 0]).toEqual([name, true]);
      for (const language of ['nl', 'en'] as const)
        for (const rule of rules)
          expect([language, rule.when, missingIn(name, language, rule)]).toEqual([language, rule.when, []]);
    },
  );

  it('and there is no rule about a mail that does not exist', () => {
    expect(Object.keys(RULES).filter((name) => !templates.names().includes(name))).toEqual([]);
  });

  it('and what asks without a day, or only says that something waits, is found out', () => {
    expect(
      missingIn('withdrawn', 'nl', {
        about: ['organisation'],
        asks: { nl: /Vul aan/, en: /Complete/ },
        until: ['lastDay'],
      }),
    ).toEqual([...['organisation', 'asks /Vul aan/', 'until lastDay']]);
  });
});

describe('a lost mail', () => {
  const texts = parse(readFileSync(join(projectFolder(), 'apps/server/texts/mail.yaml'), 'utf8')) as Record<
    'kind' | 'reason',
    Record<string, unknown>
  >;

  it('is named by its kind, and every reason that a verdict can give is told in words', () => {
    const kinds = Object.keys(texts.kind).filter((kind) => kind !== 'unknown');
    expect(kinds.sort()).toEqual([...Templates.load().names()].sort());
    const verdict = readFileSync(join(projectFolder(), 'libs/notices/src/verdict.ts'), 'utf8');
    const given = [...verdict.matchAll(/\['(?:recipient|mail|relay|busy|later)', '([a-z-]+)'\]/g)].map(
      ([, code]) => code,
    );
    expect(given.length).toBeGreaterThan(10);
    for (const code of given) expect(texts.reason).toHaveProperty([code ?? '']);
  });
});
