import type { ErrorObject } from 'ajv/dist/2020.js';
import { formatCents, type Text } from '#lib/kernel';
import type { FormQuestion } from './form-file.js';
import { ibanFault, type IbanFault } from './iban.js';

/** How to repair an answer, by what is wrong with it; {limit} comes from the schema. */
const SENTENCES: Readonly<Record<string, Text>> = {
  missing: { nl: 'Vul dit nog in.', en: 'Fill this in.' },
  unreadable: { nl: 'Wij begrijpen dit antwoord niet.', en: 'We do not understand this answer.' },
  minLength: { nl: 'Schrijf ten minste {limit} tekens.', en: 'Write at least {limit} characters.' },
  maxLength: {
    nl: 'Schrijf ten hoogste {limit} tekens. Nu zijn het er {over} te veel.',
    en: 'Write at most {limit} characters. Now there are {over} too many.',
  },
  minimum: { nl: 'Vul {limit} of meer in.', en: 'Fill in {limit} or more.' },
  maximum: { nl: 'Vul {limit} of minder in.', en: 'Fill in {limit} or less.' },
  minItems: { nl: 'Voeg er ten minste {limit} toe.', en: 'Add at least {limit}.' },
  maxItems: { nl: 'Kies er ten hoogste {limit}.', en: 'Choose at most {limit}.' },
  enum: { nl: 'Kies een van de mogelijkheden.', en: 'Choose one of the options.' },
  const: { nl: 'Vink dit aan als het zo is. Dit is nodig.', en: 'Tick this when it is so. It is needed.' },
  infected: {
    nl: 'In een bestand zat een virus. Haal dat bestand weg en voeg een schoon bestand toe.',
    en: 'There was a virus in a file. Take that file out and add a clean one.',
  },
  pattern: {
    nl: 'Dit is niet zoals het hoort. Kijk bij de uitleg hoe het moet.',
    en: 'This is not as it should be. The explanation says how.',
  },
  wrong: { nl: 'Dit antwoord past niet bij de vraag.', en: 'This answer does not fit the question.' },
};

const MISSING: Readonly<Record<string, Text>> = {
  files: { nl: 'Voeg nog een bestand toe.', en: 'Add a file.' },
};

const UNREADABLE: Readonly<Record<string, Text>> = {
  money: {
    nl: 'Vul een bedrag in, bijvoorbeeld 1.250 of 1.250,50. Achter de komma staan ten hoogste twee cijfers.',
    en: 'Fill in an amount, for example 1,250 or 1,250.50. At most two digits stand behind the point.',
  },
  number: { nl: 'Vul een heel getal in, bijvoorbeeld 12.', en: 'Fill in a whole number, for example 12.' },
};

interface Refused {
  readonly error: ErrorObject | undefined;
  readonly value: unknown;
}

/** The sentence for one fault of one question. */
export function faultText(code: string, { kind }: FormQuestion, { error, value }: Refused): Text {
  const own = code === 'unreadable' ? UNREADABLE[kind] : code === 'missing' ? MISSING[kind] : undefined;
  const sentence = own ?? SENTENCES[code] ?? SENTENCES['wrong'];
  if (sentence === undefined) return { nl: '', en: '' };
  const limit = (error?.params as { limit?: number } | undefined)?.limit ?? 0;
  const inWords = (language: 'nl' | 'en'): string =>
    kind === 'money' ? formatCents(BigInt(limit), language) : String(limit);
  // Counted as JSON Schema does: by characters, not by UTF-16 units.
  const over = String(Math.max(0, Array.from(typeof value === 'string' ? value : '').length - limit));
  const fill = (language: 'nl' | 'en'): string =>
    sentence[language].replace('{limit}', inWords(language)).replace('{over}', over);
  return { nl: fill('nl'), en: fill('en') };
}

/** How to repair one cell of a list, which the sentence names; `cell` is row and field: `0.benefitCents`. */
export function cellText(code: string, cell: string): Text {
  const [at = '0', field = ''] = cell.split('.');
  const row = String(Number(at) + 1);
  if (code === 'enum')
    return { nl: `Kies in rij ${row} het soort organisatie.`, en: `Choose the kind of organisation in row ${row}.` };
  const name = CELLS[field] ?? { nl: 'bedrag', en: 'amount' };
  return {
    nl: `Rij ${row}, ${name.nl}: vul een bedrag in, bijvoorbeeld 1.250 of 1.250,50.`,
    en: `Row ${row}, ${name.en}: fill in an amount, for example 1,250 or 1,250.50.`,
  };
}

const CELLS: Readonly<Record<string, Text>> = {
  benefitCents: { nl: 'wat de partner er zelf mee wint', en: 'what the partner gains itself' },
  cents: { nl: 'kosten', en: 'costs' },
};

/** Who can only just do it with more than is asked for could never be granted enough. Null when the request covers it. */
export function excessFault(least: unknown, requested: unknown): Text | null {
  if (typeof least !== 'number' || typeof requested !== 'number' || least <= requested) return null;
  const [nl, en] = [formatCents(BigInt(requested), 'nl'), formatCents(BigInt(requested), 'en')];
  return {
    nl: `Dit is meer dan u aanvraagt (${nl}). Vul dat bedrag of minder in, of vraag meer aan.`,
    en: `This is more than you ask for (${en}). Fill in that amount or less, or ask for more.`,
  };
}

const ACCOUNT: Readonly<Record<IbanFault, Text>> = {
  signs: {
    nl: 'Dit is geen IBAN. Een Nederlands rekeningnummer ziet eruit als NL91 ABNA 0417 1643 00: NL, twee cijfers, vier letters, tien cijfers.',
    en: 'This is no IBAN. A Dutch account number looks like NL91 ABNA 0417 1643 00: NL, two digits, four letters, ten digits.',
  },
  country: {
    nl: 'De eerste twee letters zijn geen land met IBAN-nummers. Controleer het begin van het rekeningnummer.',
    en: 'The first two letters are no country that has IBANs. Check the beginning of the account number.',
  },
  length: {
    nl: 'Dit rekeningnummer is te kort of te lang. Een Nederlandse IBAN heeft 18 tekens.',
    en: 'This account number is too short or too long. A Dutch IBAN has 18 characters.',
  },
  digits: {
    nl: 'Dit rekeningnummer klopt niet. Controleer de cijfers.',
    en: 'This account number is not right. Check the digits.',
  },
};

/** What is wrong with an account number; null when nothing is. */
export function accountFault(iban: string): Text | null {
  const fault = ibanFault(iban);
  return fault === null ? null : ACCOUNT[fault];
}

/** Budget lines must add up to the total (Kaderregeling subsidies OCW, SZW en VWS, art. 3.5: the budget balances). Null when they do. */
export function linesFault(lines: unknown, total: unknown): Text | null {
  const sum = (lines as readonly { readonly cents?: number }[]).reduce((all, { cents = 0 }) => all + cents, 0);
  if (typeof total !== 'number' || sum === total) return null;
  const [sumNl, sumEn] = [formatCents(BigInt(sum), 'nl'), formatCents(BigInt(sum), 'en')];
  return {
    nl: `De regels zijn samen ${sumNl}. Dat is niet het totaal. Verbeter een regel of het totaal.`,
    en: `The lines add up to ${sumEn}. That is not the total. Change a line or the total.`,
  };
}
