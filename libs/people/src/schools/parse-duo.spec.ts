import { describe, expect, it } from '@jest/globals';
import { parseSchools, textOf } from './parse-duo.js';

const HEADERS = [
  [
    'PROVINCIE',
    'BEVOEGD GEZAG NUMMER',
    'INSTELLINGSCODE',
    'VESTIGINGSCODE',
    'VESTIGINGSNAAM',
    'PLAATSNAAM',
    'GEMEENTENAAM',
  ],
  [
    'Provincie',
    'Bevoegd gezag nummer',
    'BRIN NUMMER',
    'VESTIGINGSNUMMER',
    'INSTELLINGSNAAM',
    'PLAATSNAAM',
    'GEMEENTENAAM',
  ],
];
const ROWS = [
  ['Fryslân', '90001', '05KK', '05KK00', 'Café "De Brêge"', 'ALPHEN AAN DEN RIJN', 'Súdwest-Fryslân'],
  ['Drenthe', '01234', '90AB', '90AB01', 'De Sleutel, locatie; Noord', "'S-HERTOGENBOSCH", 'Assen'],
];
const quoted = (value: string, separator: string): string =>
  value.includes(separator) || value.includes('"') ? `"${value.replaceAll('"', '""')}"` : value;
const fileOf = (header: readonly string[], separator: string, rows = ROWS): string =>
  [header, ...rows].map((row) => row.map((value) => quoted(value, separator)).join(separator)).join('\r\n');

const windows1252 = (text: string): Uint8Array => Uint8Array.from(Array.from(text, (sign) => sign.charCodeAt(0)));
const EXPECTED = [
  {
    site: '05KK00',
    name: 'Café "De Brêge"',
    board: '90001',
    boardName: '',
    place: 'Alphen aan den Rijn',
    municipality: 'Súdwest-Fryslân',
    province: 'Fryslân',
  },
  {
    site: '90AB01',
    name: 'De Sleutel, locatie; Noord',
    board: '01234',
    boardName: '',
    place: '’s-Hertogenbosch',
    municipality: 'Assen',
    province: 'Drenthe',
  },
];

describe('a DUO file', () => {
  const cases = HEADERS.flatMap((header, i) =>
    [';', ',', '\t'].flatMap((separator) =>
      ['utf-8', 'utf-8 with BOM', 'windows-1252'].map((encoding) => [i, separator, encoding, header] as const),
    ),
  );

  it.each(cases)('says the same with header %i, separator %j and encoding %s', (_, separator, encoding, header) => {
    const text = fileOf(header, separator);
    const bytes =
      encoding === 'windows-1252'
        ? windows1252(text)
        : new TextEncoder().encode(encoding.endsWith('BOM') ? `\uFEFF${text}` : text);
    expect(parseSchools(textOf(bytes))).toEqual({ rows: EXPECTED, faults: [] });
  });

  it('gives back the zeros that a spreadsheet ate', () => {
    const [header = []] = HEADERS;
    const eaten = [
      ['Fryslân', '1234', '5KK', '5KK00', 'X', 'Y', 'Z'],
      ['Fryslân', '1234', '5KL', '1', 'X', 'Y', 'Z'],
    ];
    expect(parseSchools(fileOf(header, ';', eaten)).rows.map(({ site, board }) => [site, board])).toEqual([
      ['05KK00', '01234'],
      ['05KL01', '01234'],
    ]);
  });

  it('takes the first site where a file names schools only', () => {
    const header = (HEADERS[0] ?? []).filter((name) => name !== 'VESTIGINGSCODE');
    expect(parseSchools(fileOf(header, ';', [['Fryslân', '90001', '90AC', 'X', 'Y', 'Z']])).rows[0]?.site).toBe(
      '90AC00',
    );
  });

  it('counts a row that comes twice once, and tells a faulty row with its line', () => {
    const [header = []] = HEADERS;
    const [first = []] = ROWS;
    const { rows, faults } = parseSchools(
      fileOf(header, ';', [first, first, ['Fryslân', '90001', 'XXXX', 'XXXX00', 'X', 'Y', 'Z']]),
    );
    expect(rows).toHaveLength(1);
    expect(faults).toEqual([
      { line: 4, column: 'INSTELLINGSCODE', value: 'XXXX00', message: 'This is no BRIN number.' },
    ]);
  });

  it('names every column that is missing', () => {
    expect(parseSchools('A;B\n1;2').faults.map(({ column }) => column)).toEqual([
      'BEVOEGD GEZAG NUMMER',
      'VESTIGINGSNAAM',
      'PROVINCIE',
      'PLAATSNAAM',
      'INSTELLINGSCODE',
    ]);
  });
});
