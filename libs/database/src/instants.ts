import pg from 'pg';

const TIMESTAMPTZ = 1184;
const DATE = 1082;

/** `2026-11-23 20:18:00.123456+00` (sessions run in UTC) as ISO text; a JS Date would drop the microseconds. */
function isoInstant(text: string): string {
  return text.replace(' ', 'T').replace(/\+00$/, 'Z');
}

type ParserFinder = (oid: number, format?: 'text' | 'binary') => (value: string) => unknown;

const builtIn: ParserFinder = pg.types.getTypeParser;

/** Type parsers for every pool: instants and calendar dates stay text, the rest is pg's own. */
const finder: ParserFinder = (oid, format) => {
  if (oid === TIMESTAMPTZ) return isoInstant;
  if (oid === DATE) return (text: string) => text;
  return builtIn(oid, format);
};

export const isoInstants: pg.CustomTypesConfig = { getTypeParser: finder };
