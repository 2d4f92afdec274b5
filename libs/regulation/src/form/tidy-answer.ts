import { boardNumberOf, brinOf, institutionOf, kvkOf, provinceOf, siteOf, type Text } from '#lib/kernel';
import type { FormQuestion } from './form-file.js';
import { tidyIban } from './iban.js';

type Row = Readonly<Record<string, unknown>>;
type Tidy = (text: string) => string | null;

/** How each field of a row is stored and compared; without such a form it stays as it was typed, and the row has a fault. */
const SCHOOL: Readonly<Record<string, Tidy>> = {
  ...{ site: siteOf, brin: brinOf, board: boardNumberOf, province: provinceOf },
};
const PARTNER: Readonly<Record<string, Tidy>> = { kvk: kvkOf };
const ROWS: Readonly<Partial<Record<FormQuestion['kind'], Readonly<Record<string, Tidy>>>>> = {
  ...{ schools: SCHOOL, partners: PARTNER },
};

/** An answer as it is stored, whichever way it came: page, REST or CLI. */
export function tidyAnswer(path: string, { kind, schema }: FormQuestion, answer: unknown): unknown {
  const fields = ROWS[kind];
  if (fields !== undefined && Array.isArray(answer)) return answer.map((row: unknown) => tidyRow(fields, row));
  if (typeof answer !== 'string') return answer;
  if (schema['format'] === 'iban') return tidyIban(answer);
  return path === 'lead.institution' ? (institutionOf(answer) ?? answer) : answer;
}

function tidyRow(fields: Readonly<Record<string, Tidy>>, row: unknown): unknown {
  if (!isRow(row)) return row;
  const tidied = Object.entries(fields).flatMap(([name, tidy]) => {
    const value = row[name];
    return typeof value === 'string' ? [[name, tidy(value) ?? value] as const] : [];
  });
  return { ...row, ...Object.fromEntries(tidied) };
}

const WORDS: Readonly<Record<string, Text>> = {
  site: {
    nl: 'Rij {row}: wij kennen het schoolnummer “{value}” niet. Het is een BRIN, zoals 90AA of 90AA00.',
    en: 'Row {row}: “{value}” is no number of a school. It is a BRIN, such as 90AA or 90AA00.',
  },
  board: {
    nl: 'Rij {row}: “{value}” is geen nummer van een bestuur. Dat heeft vijf cijfers, zoals 90001.',
    en: 'Row {row}: “{value}” is no number of a school board. It has five digits, such as 90001.',
  },
  province: {
    nl: 'Rij {row}: wij kennen de provincie “{value}” niet. Kies een van de twaalf provincies, bijvoorbeeld Drenthe.',
    en: 'Row {row}: we do not know the province “{value}”. Choose one of the twelve provinces, for example Drenthe.',
  },
  kvk: {
    nl: 'Rij {row}: “{value}” is geen KvK-nummer. Dat heeft acht cijfers.',
    en: 'Row {row}: “{value}” is no Chamber of Commerce number. It has eight digits.',
  },
};

/** What is wrong in the rows of a list, the first of it; null when nothing is. */
export function rowFault({ kind }: FormQuestion, rows: unknown): Text | null {
  const fields = ROWS[kind];
  if (fields === undefined || !Array.isArray(rows)) return null;
  for (const [at, row] of rows.entries())
    for (const [name, words] of Object.entries(WORDS)) {
      const value: unknown = isRow(row) ? row[name] : undefined;
      if (typeof value === 'string' && value !== '' && fields[name]?.(value) === null)
        return filled(words, at + 1, value);
    }
  return null;
}

function filled({ nl, en }: Text, row: number, value: string): Text {
  const put = (words: string): string =>
    words.replace('{row}', String(row)).replace('{value}', () => value.slice(0, 40));
  return { nl: put(nl), en: put(en) };
}

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null;
}
