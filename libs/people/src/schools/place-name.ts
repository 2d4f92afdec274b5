/** Words that are small inside a name of a place: Alphen aan den Rijn, Wehe-den Hoorn. */
const SMALL = new Set([
  ...[
    'AAN',
    'AD',
    'BIJ',
    'DE',
    'DEN',
    'DER',
    'EN',
    'HET',
    'IN',
    'ONDER',
    'OP',
    'OVER',
    'TE',
    'TEN',
    'TER',
    'VAN',
    'VOOR',
  ],
  ...['A/D', 'A.D.', 'B.D.'],
]);
/** Abbreviations of provinces behind a name that two places have, as the register of addresses (BAG) writes them. */
const ABBREVIATED: Readonly<Record<string, string>> = {
  ...{
    DR: 'Dr',
    FR: 'Fr',
    GLD: 'Gld',
    GN: 'Gn',
    LB: 'Lb',
    NB: 'NB',
    NH: 'NH',
    OV: 'Ov',
    UT: 'Ut',
    ZH: 'ZH',
    ZLD: 'Zld',
  },
  ...{ L: 'L', O: 'O', U: 'U' },
};
/** Between letters, keeping what stands there. */
const PARTS = /([\s\-()]+)/;

/** A name in capitals as people write it: `’t Harde`, `Bergen (NH)`, `Wehe-den Hoorn`, `Alteveer gem. Noordenveld`. Other names stay as they are. */
export function placeName(text: string): string {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (plain !== plain.toUpperCase()) return plain;
  const parts = plain.replace(/[‘’`´]/g, "'").split(PARTS);
  return parts
    .map((part, at) => (at % 2 === 1 ? part : wordOf(part, isFirst(parts, at), isBehind(parts, at))))
    .join('');
}

function isFirst(parts: readonly string[], at: number): boolean {
  return parts.slice(0, at).every((part, i) => i % 2 === 1 || part === '');
}

/** Whether nothing but a closing bracket follows: where an abbreviation of a province stands. */
function isBehind(parts: readonly string[], at: number): boolean {
  return at > 0 && parts.slice(at + 1).every((part) => part === '' || part === ')');
}

function wordOf(word: string, first: boolean, behind: boolean): string {
  // ’s-Hertogenbosch, ’t Harde, Stad aan ’t Haringvliet
  if (/^'[ST]$/.test(word)) return `’${word.slice(1).toLowerCase()}`;
  if (word === 'GEM' || word === 'GEM.') return first ? 'Gem' : 'gem.';
  const abbreviated = ABBREVIATED[word.replace('.', '')];
  if (behind && abbreviated !== undefined) return word.endsWith('.') ? `${abbreviated}.` : abbreviated;
  if (!first && SMALL.has(word)) return word.toLowerCase();
  // IJ is one letter.
  if (word.startsWith('IJ')) return `IJ${word.slice(2).toLowerCase()}`;
  return word.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase());
}
