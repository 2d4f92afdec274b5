import { siteOf, type Language } from '#lib/kernel';
import type { Fields } from '../form-fields.js';
import { centsIn } from './typed-values.js';

/** Rows of a list as they were typed. */
export interface ReadRows {
  readonly items: readonly object[];
  /** What is no answer yet, by `row.field`. */
  readonly typed: Readonly<Record<string, string>>;
}

type Row = Readonly<Record<string, string>>;

const ROW = /^(\w+(?:\.\w+)?)\.(\d{1,3})\.(\w+)$/;

/** Schools: the site (BRIN with two digits) names school and board; what a person typed stays as it is. */
export function schoolsIn(fields: Fields): ReadRows {
  const items = rowsOf(fields, 'schools').map(
    ({ name = '', site = '', board = '', province = '', level = 'PO', affiliated = '' }) => {
      const code = siteOf(site) ?? site;
      const texts = filled({ name, site: code, brin: code.slice(0, 4), board, province });
      return { ...texts, level, affiliated: affiliated !== '' };
    },
  );
  return { items, typed: {} };
}

export function partnersIn(fields: Fields, language: Language): ReadRows {
  const money = { field: 'benefitCents', language };
  return withMoney(rowsOf(fields, 'partners'), money, ({ kind = '', name = '', kvk = '' }) =>
    filled({ kind, name, kvk }),
  );
}

export function linesIn(fields: Fields, language: Language): ReadRows {
  return withMoney(rowsOf(fields, 'budget.lines'), { field: 'cents', language }, ({ label = '' }) => filled({ label }));
}

/** The rows of a list that say something, in their order. A row whose button "remove" was pressed is gone. */
function rowsOf(fields: Fields, list: string): readonly Row[] {
  const rows = new Map<number, Record<string, string>>();
  for (const [name, value] of Object.entries(fields)) {
    const [, of, at, field = ''] = ROW.exec(name) ?? [];
    if (of !== list || field === '__proto__') continue;
    const row = rows.get(Number(at)) ?? {};
    rows.set(Number(at), { ...row, [field]: value.trim() });
  }
  const removed = /^remove:(.+)\.(\d+)$/.exec(fields['_action'] ?? '');
  return [...rows]
    .filter(([at, row]) => says(row) && !(removed?.[1] === list && Number(removed[2]) === at))
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row);
}

/** Choices and ticks alone make no row. */
function says(row: Row): boolean {
  return Object.entries(row).some(
    ([name, value]) => !['level', 'affiliated', 'kind', 'province'].includes(name) && value !== '',
  );
}

/** The field of a row that holds an amount, typed in the language of the page. */
interface MoneyField {
  readonly field: string;
  readonly language: Language;
}

function withMoney(rows: readonly Row[], { field, language }: MoneyField, rest: (row: Row) => object): ReadRows {
  const typed: Record<string, string> = {};
  const items = rows.map((row, i) => {
    const text = row[field] ?? '';
    const cents = text === '' ? (field === 'benefitCents' ? 0 : undefined) : centsIn(text, language);
    if (cents === null) typed[`${i}.${field}`] = text;
    return { ...rest(row), ...(typeof cents === 'number' ? { [field]: cents } : {}) };
  });
  return { items, typed };
}

function filled(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
}
