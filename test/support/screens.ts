import type { ScreenWorld } from './screen-world.js';

/** Who looks at a screen. */
export type Looker = 'visitor' | 'owner' | 'writer' | 'member' | 'secretary' | 'chair' | 'decider';

export interface Screen {
  readonly who: Looker;
  readonly path: string;
  /** Template in `views/pages` that it shows; every one of them is looked at. */
  readonly view: string;
  /** A list of fifty rows may be larger. */
  readonly isList?: boolean;
  /** What is typed before the form is sent, by field. */
  readonly fill?: Readonly<Record<string, string>>;
  /** Sends the form as it is: the page comes back with what is wrong. */
  readonly fails?: string;
  /** Sends the form as it is: the next screen comes. */
  readonly goesOn?: string;
}

const SEND = '.wt-form .nl-button--primary';
const LINK = 'form[action="/inloggen/link"] button';

/** Views that are left out here, with where they are looked at instead. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  arrival: 'a call in order of arrival is of another region: arrival.spec.ts',
  lots: 'a call in order of arrival is of another region: arrival.spec.ts',
  attachments: 'a form that takes files, with and without: attachments.spec.ts',
  board: 'for who has a mandate of a school board: mandate.spec.ts',
  mandates: 'for who signs for a school board: mandate.spec.ts',
  person: 'for who administers the platform: browser/shut-out.spec.ts',
  organisation: 'for the national office: mandate.spec.ts',
  sign: 'comes when a line holds a sign that nobody can see, or too much: input-filter.spec.ts, typed-whole.spec.ts',
  failed: 'comes when a form cannot be taken any more: kept-text.spec.ts',
  kept: 'comes when a session ended while somebody wrote: applicant.spec.ts',
  link: 'holds a mailed secret that is spent by looking: every signIn of a browser test',
  'opening-link': 'holds a mailed secret: openings.spec.ts',
  'offer-confirm': 'holds a mailed secret: initiative.spec.ts',
  'review-done': 'comes after a review that ended: reviewer.spec.ts',
  'review-submitted': 'comes after a review that was handed in: reviewer.spec.ts',
};

/** Every screen, as the people see it for whom it is. */
export function screensOf(world: ScreenWorld): readonly Screen[] {
  return [...forVisitors(world), ...forApplicants(world), ...forCommittee(world), ...forStaff(world)];
}

function forVisitors({ open, token }: ScreenWorld): readonly Screen[] {
  const who = 'visitor';
  return [
    { who, path: '/', view: 'welcome' },
    { who, path: '/rondes', view: 'calls' },
    { who, path: `/rondes/${open}`, view: 'call' },
    { who, path: `/rondes/${open}/formulier`, view: 'call-form' },
    { who, path: '/inloggen', view: 'sign-in', fails: 'form[action="/inloggen"] button' },
    { who, path: '/account', view: 'sign-up', fails: SEND },
    { who, path: '/account', view: 'message', fill: { '#name': 'A', '#email': 'a@new.example' }, goesOn: SEND },
    { who, path: '/inloggen', view: 'sign-in', fails: LINK },
    { who, path: '/inloggen', view: 'link-sent', fill: { '#link-email': 'a@new.example' }, goesOn: LINK },
    { who, path: '/initiatieven', view: 'initiatives', isList: true },
    { who, path: '/hulp', view: 'offer', fails: SEND },
    { who, path: '/meldingen?netwerk=noord', view: 'openings', fails: SEND },
    { who, path: '/contact?zoek=Drenthe', view: 'contact' },
    { who, path: '/toegankelijkheid', view: 'statement' },
    { who, path: '/privacy', view: 'statement' },
    { who, path: `/partij/${token}`, view: 'part-answer', fails: 'button[value=confirm]' },
    { who, path: `/uitnodiging/${token}`, view: 'invitation', fails: SEND },
    { who, path: '/mailbox', view: 'mailbox', isList: true },
    { who, path: '/nergens', view: 'message' },
  ];
}

function forApplicants({
  open,
  draft,
  submitted,
  receipt,
  party,
  decided,
  initiative,
}: ScreenWorld): readonly Screen[] {
  const parts = ['idea', 'partners', 'approach', 'budget', 'file'];
  const own: readonly Screen[] = [
    { who: 'owner', path: '/', view: 'start' },
    { who: 'owner', path: `/aanvragen/${decided}`, view: 'proposal' },
    { who: 'owner', path: `/aanvragen/${decided}/besluit`, view: 'decision' },
    { who: 'owner', path: `/aanvragen/${decided}/bezwaar`, view: 'objection', fails: SEND },
    { who: 'owner', path: `/aanvragen/${decided}/uitleg`, view: 'explanation' },
    { who: 'owner', path: `/aanvragen/${decided}/opnieuw`, view: 'reuse' },
    { who: 'owner', path: `/initiatieven/${initiative}`, view: 'initiative' },
    { who: 'owner', path: '/initiatieven/nieuw', view: 'initiative-new', fails: 'button[value=register]' },
    { who: 'owner', path: '/meldingen', view: 'openings' },
    { who: 'owner', path: '/wachtwoord', view: 'password', fails: SEND },
  ];
  return [
    ...own,
    { who: 'writer', path: '/aanvragen', view: 'proposals', isList: true },
    { who: 'writer', path: `/aanvragen/${draft}`, view: 'proposal' },
    ...parts.map((part): Screen => ({ who: 'writer', path: `/aanvragen/${draft}/onderdelen/${part}`, view: 'part' })),
    { who: 'writer', path: `/aanvragen/${draft}/controleren`, view: 'check' },
    { who: 'writer', path: `/aanvragen/${draft}/partijen`, view: 'parties', fails: 'button[value=ask]' },
    { who: 'writer', path: `/aanvragen/${draft}/partijen/${party}`, view: 'party' },
    { who: 'writer', path: `/aanvragen/${draft}/meeschrijvers`, view: 'co-writers', fails: SEND },
    { who: 'writer', path: `/aanvragen/${draft}/volledigheid`, view: 'early-check' },
    { who: 'writer', path: `/aanvragen/${draft}/acties/discard`, view: 'action' },
    { who: 'writer', path: `/aanvragen/${submitted}/ingediend`, view: 'submitted' },
    { who: 'writer', path: `/aanvragen/${submitted}/ontvangen/${receipt}`, view: 'receipt' },
    { who: 'writer', path: `/aanvragen/${submitted}/niet-ingediend`, view: 'set-aside' },
    { who: 'writer', path: `/aanvragen/${submitted}/acties/take-back`, view: 'action' },
    { who: 'writer', path: `/rondes/${open}/vraag`, view: 'question-ask', fails: SEND },
  ];
}

function forCommittee({ invited, review }: ScreenWorld): readonly Screen[] {
  const who = 'member';
  return [
    { who, path: '/', view: 'start' },
    { who, path: '/oordelen', view: 'reviews' },
    { who, path: `/oordelen/${invited}`, view: 'review-invited' },
    { who, path: `/oordelen/${invited}/belang`, view: 'review-reason', fails: SEND },
    { who, path: `/oordelen/${review}`, view: 'review' },
    { who, path: `/oordelen/${review}`, view: 'review-check', goesOn: 'button[value=check]' },
  ];
}

function forStaff({ open, ranked, submitted, decided, question, check }: ScreenWorld): readonly Screen[] {
  const who = 'secretary';
  return [
    { who, path: '/', view: 'start' },
    { who, path: `/rondes/${open}`, view: 'call' },
    { who, path: `/rondes/${open}/storing`, view: 'outage', fails: SEND },
    { who, path: '/organisaties', view: 'organisations', isList: true },
    { who, path: '/mensen', view: 'people', isList: true },
    { who, path: `/rondes/${ranked}/aanvragen`, view: 'call-proposals', isList: true },
    { who, path: `/rondes/${ranked}/toewijzen`, view: 'assign', isList: true },
    { who, path: `/rondes/${ranked}/rangschikking`, view: 'ranking', isList: true },
    { who: 'chair', path: `/rondes/${ranked}/rangschikking/voorleggen`, view: 'lay-before', isList: true },
    { who, path: `/aanvragen/${submitted}`, view: 'proposal' },
    { who, path: `/aanvragen/${submitted}/acties/ask-completion`, view: 'action', fails: SEND },
    { who, path: `/aanvragen/${decided}/uitleg`, view: 'explanation', fails: SEND },
    { who, path: `/rondes/${open}/vragen`, view: 'questions-open' },
    { who, path: `/rondes/${open}/vragen/${question}`, view: 'question-answer', fails: 'button[value=publish]' },
    { who, path: `/rondes/${open}/volledigheid/${check}`, view: 'check-desk' },
    { who: 'decider', path: '/besluiten', view: 'decide', isList: true },
    { who: 'decider', path: '/besluiten', view: 'decide-check', goesOn: 'button[value=check]' },
  ];
}
