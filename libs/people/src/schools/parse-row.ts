import { boardNumberOf, brinOf, provinceOf, signsInNoLine, siteOf, writtenText } from '#lib/kernel';
import type { DuoColumns, DuoField } from './duo-columns.js';
import { placeName } from './place-name.js';

/** One site of a school, as a DUO file tells it; null where the file has no such column, or says nothing in it. */
export interface SchoolRow {
  /** BRIN with the two digits of the site. */
  readonly site: string;
  readonly name: string;
  /** Five digits. */
  readonly board: string;
  readonly boardName: string | null;
  readonly place: string;
  readonly municipality: string | null;
  readonly province: string;
}

type WrongField = readonly [column: DuoField, value: string, message: string];
/** A row, or its first fault, with the site when that can be told all the same. */
type ReadRow = { readonly row: SchoolRow } | { readonly site: string | null; readonly wrong: WrongField };

const LONGEST = 300;
const NAMES: readonly DuoField[] = ['name', 'boardName', 'place', 'municipality'];

/** One record of a file of schools. */
export function rowOf(values: readonly string[], at: DuoColumns): ReadRow {
  // A cell of a table breaks its line where it likes.
  const typed = (field: DuoField): string => (values[at[field] ?? -1] ?? '').replace(/[\t\r\n]+/g, ' ').trim();
  const value = (field: DuoField): string => writtenText(typed(field));
  const read = siteIn(value('brin'), value('site'));
  if ('wrong' in read) return { site: null, wrong: read.wrong };
  const { site } = read;
  const [board, province, name] = [boardNumberOf(value('board')), provinceOf(value('province')), value('name')];
  const wrong = (field: DuoField, message: string): ReadRow => ({
    site,
    wrong: [field, value(field).slice(0, 50), message],
  });
  const hidden = NAMES.find((field) => signsInNoLine(typed(field)).length > 0);
  if (hidden !== undefined)
    return wrong(hidden, `Holds ${signsInNoLine(typed(hidden)).join(', ')}, which nobody can see.`);
  if (board === null) return wrong('board', 'This is no number of a school board.');
  if (name === '' || name.length > LONGEST) return wrong('name', `A name has 1 to ${LONGEST} characters.`);
  if (province === null) return wrong('province', 'There is no province of this name.');
  const known = { boardName: value('boardName') || null, municipality: placeName(value('municipality')) || null };
  return { row: { site, name, board, ...known, place: placeName(value('place')), province } };
}

/** BRIN and site in one: a spreadsheet may have eaten the zero in front, and a file of schools has no sites: then it is the first. */
function siteIn(brin: string, site: string): { readonly site: string } | { readonly wrong: WrongField } {
  const digits = /^\d{1,2}$/.test(site);
  const whole = siteOf(digits ? `${brinOf(brin) ?? brin}${site.padStart(2, '0')}` : site === '' ? brin : site);
  if (whole === null) return { wrong: ['brin', site || brin, 'This is no BRIN number.'] };
  const school = brin === '' ? null : brinOf(brin);
  if (brin === '' || school === whole.slice(0, 4)) return { site: whole };
  return { wrong: ['site', site, `This site is not of the school ${brin}.`] };
}
