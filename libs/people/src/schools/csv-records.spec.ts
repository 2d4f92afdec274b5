import { describe, expect, it } from '@jest/globals';
import { csvRecords } from './csv-records.js';
import { fileText } from './file-text.js';

const read = (text: string): unknown => csvRecords(text, ';').records.map(({ line, values }) => [line, ...values]);
const faults = (text: string): unknown => csvRecords(text, ';').faults.map(({ line, message }) => [line, message]);

describe('a delimited file', () => {
  it('is read line by line, whatever ends each line', () => {
    expect(read('a;b\r\n1;2\n3;4\r5;6')).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6'],
    ]);
  });

  it('numbers records by the line they begin on, behind empty lines and line breaks inside a value', () => {
    expect(read('a;b\n\n\n1;2\n"x\ny";3\n4;5\n')).toEqual([
      [1, 'a', 'b'],
      [4, '1', '2'],
      [5, 'x\ny', '3'],
      [7, '4', '5'],
    ]);
  });

  it('takes quotes and separators inside a quoted value, and quotes inside a plain one', () => {
    expect(read('"a ""b""; c";De "Ark" school; "d" ')).toEqual([[1, 'a "b"; c', 'De "Ark" school', 'd']]);
  });

  it.each([
    [
      'a;"De Ark" basisschool;c\n1;2;3',
      [[1, 'Something stands behind the closing quote of a value.']],
      [[2, '1', '2', '3']],
    ],
    ['a;"De Ark;c\n1;2;3', [[1, 'A quote is not closed on its line.']], [[2, '1', '2', '3']]],
    [
      'a;"De Ark;c\n1;2;3\n4;De Brug";6',
      [[1, 'A quote is not closed on its line.']],
      [
        [2, '1', '2', '3'],
        [3, '4', 'De Brug"', '6'],
      ],
    ],
  ])('tells the line of a stray quote and goes on with the next: %j', (text, told, rest) => {
    expect(faults(text)).toEqual(told);
    expect(read(text)).toEqual(rest);
  });

  it('loses no line between two stray quotes', () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i};x`);
    const { records, faults: told } = csvRecords(['a;"x', ...lines, 'b";y'].join('\n'), ';');
    expect([records.length, told.length]).toEqual([3001, 1]);
  });
});

describe('a file as text', () => {
  const utf16 = (text: string, mark: boolean): Uint8Array =>
    new Uint8Array(Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le'));
  it('is UTF-16 with or without its mark, UTF-8, or Windows-1252', () => {
    const text = 'PROVINCIE;GEMEENTE\nFryslân;Súdwest';
    const all = [
      utf16(text, true),
      utf16(text, false),
      Buffer.from(utf16(text, true)).swap16(),
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
    ];
    for (const bytes of [...all, Buffer.from(text, 'latin1')]) expect(fileText(bytes)).toEqual({ text });
  });

  it.each([
    ['PK\x03\x04', 'workbook (xlsx'],
    ['\xd0\xcf\x11\xe0\xa1\xb1', 'old workbook (xls)'],
    ['%PDF-1.7', 'PDF'],
    ['<!doctype html>', 'web page'],
    ['a;b\n\0\0', 'not a text file'],
    [' \n', 'empty'],
  ])('%j is told in a sentence', (head, words) => {
    expect(fileText(Buffer.from(head, 'latin1'))).toMatchObject({ fault: expect.stringContaining(words) });
  });
});
