import { describe, expect, it } from '@jest/globals';
import { parseSchools, type ParsedSchools } from './parse-duo.js';
import { readTable } from './read-table.js';

const read = (...files: readonly (string | Uint8Array)[]): ParsedSchools =>
  parseSchools(files.map((file, i) => readTable(typeof file === 'string' ? Buffer.from(file) : file, `${i}.csv`)));

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
    boardName: null,
    place: 'Alphen aan den Rijn',
    municipality: 'Súdwest-Fryslân',
    province: 'Fryslân',
  },
  {
    site: '90AB01',
    name: 'De Sleutel, locatie; Noord',
    board: '01234',
    boardName: null,
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
    expect(read(bytes)).toEqual({ rows: EXPECTED, faults: [], left: [], unknown: 0 });
  });

  it('gives back the zeros that a spreadsheet ate', () => {
    const [header = []] = HEADERS;
    const eaten = [
      ['Fryslân', '1234', '5KK', '5KK00', 'X', 'Y', 'Z'],
      ['Fryslân', '1234', '5KL', '1', 'X', 'Y', 'Z'],
    ];
    expect(read(fileOf(header, ';', eaten)).rows.map(({ site, board }) => [site, board])).toEqual([
      ['05KK00', '01234'],
      ['05KL01', '01234'],
    ]);
  });

  it('takes the first site where a file names schools only', () => {
    const header = (HEADERS[0] ?? []).filter((name) => name !== 'VESTIGINGSCODE');
    expect(read(fileOf(header, ';', [['Fryslân', '90001', '90AC', 'X', 'Y', 'Z']])).rows[0]?.site).toBe('90AC00');
  });

  it('leaves out a row whose name holds a sign that nobody can see, and keeps one spelling for each letter', () => {
    const rowOf = (site: string, name: string): string[] => [
      'Drenthe',
      '90001',
      site.slice(0, 4),
      site,
      name,
      'ASSEN',
      'Assen',
    ];
    const names = ['De Brug\u0007', 'De \u202eBrug', 'Cafe\u0301 \ufeffDe Brug'];
    const rows = names.map((name, at) => rowOf(`90A${'ABC'[at] ?? ''}00`, name));
    const parsed = read(fileOf(HEADERS[1] ?? [], ';', rows));
    expect(parsed.rows.map(({ name }) => name)).toEqual(['Café De Brug']);
    expect(parsed.faults.map(({ line, column, message }) => [line, column, message])).toEqual([
      [2, 'VESTIGINGSNAAM', 'Holds U+0007, which nobody can see.'],
      [3, 'VESTIGINGSNAAM', 'Holds U+202E, which nobody can see.'],
    ]);
  });

  it('counts a row that comes twice once, and tells a faulty row with its line', () => {
    const [header = []] = HEADERS;
    const [first = []] = ROWS;
    const { rows, faults } = read(
      fileOf(header, ';', [first, first, ['Fryslân', '90001', 'XXXX', 'XXXX00', 'X', 'Y', 'Z']]),
    );
    expect(rows).toHaveLength(1);
    expect(faults).toEqual([
      { file: '0.csv', line: 4, column: 'INSTELLINGSCODE', value: 'XXXX00', message: 'This is no BRIN number.' },
    ]);
  });

  it('names every column that is missing', () => {
    expect(read('A;B\n1;2').faults.map(({ column }) => column)).toEqual([
      'BEVOEGD GEZAG NUMMER',
      'VESTIGINGSNAAM',
      'PROVINCIE',
      'PLAATSNAAM',
      'INSTELLINGSCODE',
    ]);
  });

  const HEADER = (HEADERS[0] ?? []).join(';');
  const row = (site: string, name = 'X', province = 'Drenthe'): string =>
    `${province};90001;${site.slice(0, 4)};${site};${name};ASSEN;ASSEN`;
  const told = (...lines: readonly string[]): unknown => {
    const { rows, faults } = read([HEADER, ...lines].join('\n'));
    return [rows.map(({ site }) => site), faults.map(({ line, message }) => [line, message])];
  };

  it('knows a province by any of its names, and tells the row of one that is none', () => {
    const { rows, faults } = read([HEADER, row('90AA00', 'X', 'FRIESLAND'), row('90AB00', 'X', 'Atlantis')].join('\n'));
    expect(rows.map(({ province }) => province)).toEqual(['Fryslân']);
    expect(faults).toMatchObject([{ line: 3, column: 'PROVINCIE', value: 'Atlantis' }]);
  });

  it('takes neither of two rows that say different things of one site, in whichever file they stand', () => {
    const [a, b] = [[HEADER, row('90AA00'), row('90AB00')].join('\n'), [HEADER, row('90AA00', 'Y')].join('\n')];
    const { rows, faults, left } = read(a, b);
    expect([rows.map(({ site }) => site), left]).toEqual([['90AB00'], ['90AA00']]);
    expect(faults).toMatchObject([{ file: '1.csv', line: 2, message: expect.stringContaining('Line 2 of 0.csv') }]);
  });

  it('refuses a site of another school, and a line with one value too many or too few', () => {
    expect(told('Drenthe;90001;90AA;90AB00;X;ASSEN;ASSEN', row('90AC00'))).toEqual([
      ['90AC00'],
      [[2, 'This site is not of the school 90AA.']],
    ]);
    expect(told(`${row('90AA00')};`, 'Drenthe;90001;90AA;90AA00;X;ASSEN', row('90AC00'))).toEqual([
      ['90AC00'],
      [
        [2, 'This line has 8 values under 7 columns.'],
        [3, 'This line has 6 values under 7 columns.'],
      ],
    ]);
  });

  it('names the right line behind an empty line and a line break inside a value', () => {
    expect(told('', row('90AA00', '"De\nArk"'), row('fout00'))).toEqual([['90AA00'], [[5, 'This is no BRIN number.']]]);
  });

  it('reads every row of a file with a CRLF header over LF rows', () => {
    const rows = Array.from({ length: 600 }, (_, i) =>
      row(`90A${String.fromCharCode(65 + (i % 26))}${String(Math.floor(i / 26)).padStart(2, '0')}`),
    );
    expect(read(`${HEADER}\r\n${rows.join('\n')}`).rows).toHaveLength(600);
  });

  it.each([
    ['PK\x03\x04rest', 'workbook'],
    ['', 'empty'],
  ])('tells in a sentence that %j is no such file', (bytes, words) => {
    expect(read(Buffer.from(bytes, 'latin1')).faults).toMatchObject([
      { line: 1, message: expect.stringContaining(words) },
    ]);
  });
});
