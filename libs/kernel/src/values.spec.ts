import { describe, expect, it } from '@jest/globals';
import * as kernel from './index.js';

const NBSP = '\u00a0';

describe('a province', () => {
  it.each([
    ...[
      'Friesland',
      'FRIESLAND',
      'Fryslân',
      'Frysla\u0302n',
      'frysl\u00e2n ',
      'Fryslan',
      'provincie Friesland',
      'NL-FR',
    ],
  ])('%j is Fryslân', (typed) => {
    expect(kernel.provinceOf(typed)).toBe('Fryslân');
  });

  it.each([
    ['NOORD-HOLLAND', 'Noord-Holland'],
    ['noord holland', 'Noord-Holland'],
    [`Noord${NBSP}Holland`, 'Noord-Holland'],
    ['Noord\u2010Holland', 'Noord-Holland'],
    ['N.-Brabant', 'Noord-Brabant'],
    ['North Brabant', 'Noord-Brabant'],
    ['prov. Utrecht', 'Utrecht'],
    ['Utrecht', 'Utrecht'],
  ])('%j is %s', (typed, province) => {
    expect(kernel.provinceOf(typed)).toBe(province);
  });

  it.each(['Atlantis', '', 'provincie', 'Holland', 'Drenthe Groningen'])('%j is none', (typed) => {
    expect(kernel.provinceOf(typed)).toBeNull();
  });

  it('has twelve names, no two of which are the same when they are compared', () => {
    expect(kernel.PROVINCES).toHaveLength(12);
    expect(new Set(kernel.PROVINCES.map(kernel.folded)).size).toBe(12);
  });
});

describe('a number', () => {
  it.each([
    ['05kk', '05KK'],
    [' 5KK', '05KK'],
    [`05${NBSP}KK`, '05KK'],
    ['05KK0', null],
    ['KK05', null],
    ['', null],
  ])('of a school, %j, is %j', (typed, brin) => {
    expect(kernel.brinOf(typed)).toBe(brin);
  });

  it.each([
    ['05KK', '05KK00'],
    ['5kk1', null],
    ['05 kk 01', '05KK01'],
    ['5KK01', '05KK01'],
    ['05KK|C1', null],
  ])('of a site, %j, is %j', (typed, site) => {
    expect(kernel.siteOf(typed)).toBe(site);
  });

  it.each([
    ['1234', '01234'],
    ['90001', '90001'],
    ['900010', null],
    ['9000A', null],
  ])('of a board, %j, is %j', (typed, board) => {
    expect(kernel.boardNumberOf(typed)).toBe(board);
  });

  it.each([
    ['KvK 09.00.00.01', '09000001'],
    ['9000001', '09000001'],
    [`0900${NBSP}0001`, '09000001'],
    ['090000011', null],
    ['', null],
  ])('of the Chamber of Commerce, %j, is %j', (typed, kvk) => {
    expect(kernel.kvkOf(typed)).toBe(kvk);
  });

  it.each([
    [`0592${NBSP}12 34 56`, '0592 12 34 56'],
    ['+31 (0)592-123456', '+31 (0)592-123456'],
    ['bel mij', null],
    ['12345', null],
    ['0592 123456 of 06 12345678', null],
  ])('to call, %j, is %j', (typed, phone) => {
    expect(kernel.phoneOf(typed)).toBe(phone);
  });
});
