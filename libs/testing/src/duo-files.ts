import { SeededRandom } from '#lib/kernel';

/** Files as DUO publishes them: capitals, `;`, CRLF, Windows-1252, Friesland, no names of boards. Fictitious schools in real places. */
export interface DuoFiles {
  /** 6,262 sites of primary schools, 475 of them in Friesland. */
  readonly primary: Buffer;
  /** 520 sites of special primary education: the same level, another file. */
  readonly special: Buffer;
  /** 1,918 sites of secondary schools. */
  readonly secondary: Buffer;
  /** The names of the boards. */
  readonly boards: Buffer;
}

export const DUO_SIZES = { primary: 6262, special: 520, secondary: 1918, frisian: 475, boards: 900 } as const;

const HEADER =
  'PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;POSTCODE;PLAATSNAAM;GEMEENTENAAM;GEMEENTENUMMER;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES';
const FRISIAN = [
  ['SNEEK', 'SÚDWEST-FRYSLÂN'],
  ['LEEUWARDEN', 'LEEUWARDEN'],
  ['NES GEM AMELAND', 'AMELAND'],
] as const;
const PLACES = [
  ['DRENTHE', 'ALTEVEER GEM NOORDENVELD', 'NOORDENVELD'],
  ['FLEVOLAND', 'ALMERE', 'ALMERE'],
  ['GELDERLAND', "'T HARDE", 'ELBURG'],
  ['GRONINGEN', 'WEHE-DEN HOORN', 'HET HOGELAND'],
  ['LIMBURG', 'BERGEN (L)', 'BERGEN (L)'],
  ['NOORD-BRABANT', "'S-HERTOGENBOSCH", "'S-HERTOGENBOSCH"],
  ['NOORD-HOLLAND', 'BERGEN (NH)', 'BERGEN (NH)'],
  ['OVERIJSSEL', 'HENGELO (O)', 'HENGELO'],
  ['UTRECHT', 'DE BILT', 'DE BILT'],
  ['ZEELAND', 'NIEUW- EN SINT JOOSLAND', 'MIDDELBURG'],
  ['ZUID-HOLLAND', 'ALPHEN AAN DEN RIJN', 'ALPHEN AAN DEN RIJN'],
] as const;
const NAMES = ['DE REGENBOOG', 'Café De Brêge', 'De Ark; locatie Noord', 'De "Zonnebloem"', 'HET PALET'] as const;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The files of one month, the same for the same seed. */
export function duoFiles(seed = 'duo'): DuoFiles {
  const random = new SeededRandom(seed);
  let at = 0;
  const rows = (count: number, frisian: number): Buffer => {
    const lines = Array.from({ length: count }, (_, i) => lineOf(at++, i < frisian, random));
    return latin1([HEADER, ...lines].join('\r\n'));
  };
  return {
    primary: rows(DUO_SIZES.primary, DUO_SIZES.frisian),
    special: rows(DUO_SIZES.special, 20),
    secondary: rows(DUO_SIZES.secondary, 90),
    boards: latin1(
      [
        'BEVOEGD GEZAG NUMMER;BEVOEGD GEZAG NAAM;PLAATSNAAM',
        ...Array.from({ length: DUO_SIZES.boards }, (_, i) => `${boardOf(i)};Stichting Scholen ${i};ASSEN`),
      ].join('\r\n'),
    ),
  };
}

/** One of every five schools has a second site; the numbers run over all files, so that no two schools share one. */
function lineOf(at: number, isFrisian: boolean, random: SeededRandom): string {
  const school = at - (at % 5 === 4 ? 1 : 0);
  const brin = `${String(Math.floor(school / 676) % 100).padStart(2, '0')}${LETTERS[Math.floor(school / 26) % 26] ?? ''}${LETTERS[school % 26] ?? ''}`;
  const other = PLACES[random.integer(PLACES.length)] ?? PLACES[0];
  const [province, place, municipality] = isFrisian
    ? (['FRIESLAND', ...(FRISIAN[at % 3] ?? FRISIAN[0])] as const)
    : other;
  const name = `${NAMES[at % NAMES.length] ?? ''} ${at}`;
  const street = ['Schoolstraat', String(random.integer(200) + 1), `${1000 + (at % 8999)} AB`];
  const rest = [String(at % 400).padStart(4, '0'), 'Openbaar', '0101234567', 'www.school.example'];
  const board = boardOf(school % DUO_SIZES.boards);
  return [province, board, brin, `${brin}0${at === school ? 0 : 1}`, name, ...street, place, municipality, ...rest]
    .map((value) => (/[";]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(';');
}

function boardOf(at: number): string {
  return String(10_000 + at);
}

/** All letters of these files are in Latin-1, which Windows-1252 has at the same places. */
function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
