#!/usr/bin/env node
// Writes examples/: invented rounds for `regioloket round run`, the same bytes every time. All schools are fictitious (BRIN 90AA and up).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SeededRandom } from '../dist/libs/kernel/src/index.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SUBJECTS = [
  'Schoon water',
  'Robots in de klas',
  'De slimme tuin',
  'Bruggen bouwen',
  'Zon en wind',
  'Geluid zichtbaar',
  'Programmeren met verhalen',
  'Vliegen en vallen',
  'Materialen van morgen',
  'De reparatiewerkplaats',
  'Meten aan het weer',
  'Licht en kleur',
];
const APPROACHES = [
  'uit eigen hand',
  'met het bedrijf om de hoek',
  'voor alle groepen',
  'onderzocht',
  'in de buurt',
  'samen met de pabo',
];
const FIRST = [
  'Amber',
  'Bram',
  'Chaima',
  'Daan',
  'Elif',
  'Femke',
  'Gijs',
  'Hanna',
  'Iris',
  'Jesse',
  'Kim',
  'Luuk',
  'Mina',
  'Noor',
  'Omar',
  'Pien',
];
const LAST = [
  'Bakker',
  'de Boer',
  'Dijkstra',
  'El Amrani',
  'Hoekstra',
  'Jansen',
  'Kaya',
  'Mulder',
  'Peters',
  'Smit',
  'Visser',
  'van Dam',
];
const TYPES = ['De Regenboog', 'De Sleutel', 'Het Kompas', 'De Wegwijzer', 'De Vuurvlinder', 'Het Startblok'];
const REASONS = [
  'Helder uitgewerkt en haalbaar.',
  'Goed idee; de planning is krap.',
  'De samenwerking is concreet beschreven.',
  'De opbrengst is meetbaar.',
];

const pick = (random, list) => list[random.integer(list.length)];
const brin = (n) => `90${String.fromCharCode(65 + (Math.floor(n / 26) % 26))}${String.fromCharCode(65 + (n % 26))}`;
const nameOf = (n) => `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length + n) % LAST.length]}`;

function contentOf(random, i, { provinces, requests, share, schoolCount = 2 }) {
  const requestedCents = pick(random, requests) * 100;
  const totalCents = Math.ceil((requestedCents * share[1]) / share[0] / 100) * 100;
  const own = totalCents - requestedCents;
  const school = (n) => ({
    brin: brin(n),
    site: `${brin(n)}00`,
    board: String(90001 + (n % 40)),
    province: provinces[n % provinces.length],
    level: 'PO',
    affiliated: true,
  });
  return {
    lead: { kind: 'ORGANISATION', name: `Basisschool ${TYPES[i % TYPES.length]} ${i + 1}` },
    summary: `Leerlingen van twee scholen onderzoeken en ontwerpen samen. Een bedrijf uit de regio denkt mee en laat zien hoe het in het echt gaat.`,
    schools: Array.from({ length: schoolCount }, (_, s) => school((schoolCount * i + s) % 676)),
    partners: [
      {
        kind: pick(random, ['COMPANY', 'SCIENCE_CENTRE', 'PABO']),
        name: `Partner ${i + 1} BV`,
        kvk: String(90000001 + i),
        benefitCents: 0,
      },
    ],
    budget: {
      totalCents,
      requestedCents,
      minimumCents: Math.floor(requestedCents * 0.8),
      ownCashCents: Math.floor(own / 2),
      inKindCents: own - Math.floor(own / 2),
      thirdPartyCents: 0,
    },
    payee: { name: `Basisschool ${TYPES[i % TYPES.length]} ${i + 1}`, iban: 'NL02ABNA0123456789' },
    answers: {
      goal: 'Leerlingen leren meten, ontwerpen en uitleggen wat zij zien. Na een jaar kan elke klas een eigen proef opzetten.',
      approach:
        'In het najaar bereiden de teams voor met de partner. In het voorjaar werken de klassen zes weken aan een ontwerp.',
    },
    plan: { months: 10 + random.integer(8), startsAfterClosing: true },
    file: {
      boardConsent: true,
      schoolPlanProof: true,
      sharingPlan: true,
      measurementPlan: true,
      curriculumIntegration: true,
      deMinimisDeclaration: false,
    },
  };
}

/** Scores of reviewers who differ so much that one more is asked. */
const APART = ['9', '5', '8'];

/** Reviewers in turn, so that everybody gets as many; who has an interest is passed over. */
function reviewsOf(random, i, { members, criteria, scores, reviewsPerProposal, interested, apart = [] }) {
  const free = members.filter(({ email }) => email !== interested);
  if (apart.includes(i))
    return APART.map((score, r) => ({
      member: free[r].email,
      scores: Object.fromEntries(criteria.map((key) => [key, { score, reason: pick(random, REASONS) }])),
    }));
  const quality = random.integer(scores.length);
  return Array.from({ length: reviewsPerProposal }, (_, r) => {
    const { email } = free[(i * reviewsPerProposal + r) % free.length];
    const entries = criteria.map((key) => {
      const at = Math.max(0, Math.min(scores.length - 1, quality + random.integer(3) - 1));
      return [key, { score: scores[at], reason: pick(random, REASONS) }];
    });
    return { member: email, scores: Object.fromEntries(entries) };
  });
}

function roundOf(settings) {
  const { region, number, count, memberCount, ineligible, interests, isExpert = (i) => i % 2 === 0 } = settings;
  const random = new SeededRandom(`${region} ${number}`);
  const at = (who) => `${who}@${region}.example`;
  const members = Array.from({ length: memberCount }, (_, i) => ({
    email: at(`lid${i + 1}`),
    name: nameOf(i + 3),
    kind: isExpert(i) ? 'expert' : 'field',
    ...(i === 0 ? { chair: true } : {}),
  }));
  const proposals = Array.from({ length: count }, (_, i) => {
    const content = contentOf(random, i, settings);
    const base = {
      key: `p${String(i + 1).padStart(3, '0')}`,
      applicant: {
        email: `aanvrager${i + 1}@scholen-${region}.example`,
        name: nameOf(i),
        ...(i % 5 === 4 ? { language: 'en' } : {}),
      },
      title: `${SUBJECTS[i % SUBJECTS.length]} ${APPROACHES[Math.floor(i / SUBJECTS.length + i) % APPROACHES.length]}`,
    };
    if (ineligible.includes(i)) {
      const schools = [content.schools[0], { ...content.schools[0], site: `${content.schools[0].brin}01` }];
      return {
        ...base,
        content: { ...content, schools },
        refuse: {
          ground: 'condition',
          reasons: 'De twee vestigingen hebben hetzelfde BRIN-nummer en tellen als één school.',
        },
      };
    }
    const interested = interests.includes(i) ? members[(i + 1) % members.length].email : undefined;
    return {
      ...base,
      content,
      ...(interested
        ? { interests: [{ member: interested, reason: 'Ik werk voor de partner van deze aanvraag.' }] }
        : {}),
      reviews: reviewsOf(random, i, { ...settings, members: members.slice(1), interested }),
    };
  });
  return {
    $schema: '../docs/schemas/round.schema.json',
    region,
    programme: 'innovatie-wt',
    call: {
      number,
      name: { nl: `Ronde ${number}`, en: `Call ${number}` },
      closesAfterDays: 28,
      closeReason: 'Alle verwachte aanvragen zijn binnen.',
    },
    people: {
      coordinator: { email: at('coordinator'), name: nameOf(0) },
      secretary: { email: at('secretaris'), name: nameOf(1) },
      decider: { email: at('bestuur'), name: nameOf(2) },
      members,
    },
    proposals,
    reasons: {
      advice: 'De commissie heeft de beoordelingen besproken en neemt ze over.',
      grant: 'Het bestuur volgt het advies van de commissie. Het plan draagt bij aan techniek in de klas.',
      threshold: 'De commissie vindt het plan nog niet sterk genoeg. De scores per criterium laten zien waar.',
      ceiling: 'Het plan is goed genoeg, maar het budget is verdeeld over plannen die hoger staan.',
    },
  };
}

const ROUNDS = {
  'noord-12': roundOf({
    region: 'noord',
    number: '2027-1',
    count: 12,
    memberCount: 6,
    ineligible: [11],
    interests: [2, 7],
    provinces: ['Groningen', 'Fryslân', 'Drenthe'],
    requests: [3000, 3500, 4000],
    share: [1, 2],
    scores: ['1', '2', '3', '4', '5'],
    reviewsPerProposal: 3,
    criteria: ['school-programme', 'cooperation', 'renewal', 'sharing'],
  }),
  'oost-6': roundOf({
    region: 'oost',
    number: '2027-1',
    count: 6,
    memberCount: 12,
    isExpert: (i) => i < 8,
    ineligible: [5],
    interests: [2],
    apart: [3],
    schoolCount: 3,
    provinces: ['Overijssel'],
    requests: [6000, 7500, 9000],
    share: [3, 5],
    scores: ['4', '5', '6', '7', '8', '9'],
    reviewsPerProposal: 2,
    criteria: ['inquiry', 'whole-team', 'partner', 'budget'],
  }),
  'zuidwest-200': roundOf({
    region: 'zuidwest',
    number: '2027-1',
    count: 200,
    memberCount: 40,
    ineligible: [50, 120, 199],
    interests: [3, 33, 66, 99, 133, 166],
    provinces: ['Zuid-Holland', 'Zeeland'],
    requests: [5000, 7500, 10000, 12500],
    share: [7, 10],
    scores: ['5', '8', '11', '13', '15', '17', '19', '21', '23', '25'],
    reviewsPerProposal: 3,
    criteria: ['ambition', 'aim-and-budget', 'board', 'yield'],
  }),
};

mkdirSync(join(root, 'examples'), { recursive: true });
for (const [name, round] of Object.entries(ROUNDS))
  writeFileSync(join(root, 'examples', `${name}.json`), `${JSON.stringify(round, null, 1)}\n`);
