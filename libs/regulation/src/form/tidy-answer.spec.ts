import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { compileConditions, judgeApplication } from '../judge-application.js';
import type { RegulationIsWrong } from '../read-file.js';
import { readForm, readProgramme, readRegulation } from '../read-regulation.js';
import { CompiledForm } from './compiled-form.js';

const config = (...path: string[]): string => readFileSync(join(projectFolder(), 'config', ...path), 'utf8');
const form = new CompiledForm(readForm(config('forms', 'innovatie-wt.yaml'), 'form'), new Set());
const school = { name: 'X', board: '90001', level: 'PO', affiliated: true };
const faultOf = (path: string, content: Record<string, unknown>): string | undefined =>
  form.faults('Een plan', content).find((one) => one.path === path)?.message.nl;

describe('an answer', () => {
  it('is stored in the one form of its kind, whichever way it came', () => {
    const typed = {
      lead: { kind: 'ORGANISATION', institution: ' 90aa ' },
      schools: [{ ...school, site: '5kk00', brin: '5kk', board: '1234', province: 'FRIESLAND' }],
      partners: [{ kind: 'COMPANY', name: 'X', kvk: '9000001', benefitCents: 0 }],
      payee: { iban: 'nl02\u00a0abna 0123.4567.89' },
    };
    const stored = {
      lead: { kind: 'ORGANISATION', institution: '90AA' },
      schools: [{ ...school, site: '05KK00', brin: '05KK', board: '01234', province: 'Fryslân' }],
      partners: [{ kind: 'COMPANY', name: 'X', kvk: '09000001', benefitCents: 0 }],
      payee: { iban: 'NL02ABNA0123456789' },
    };
    expect(form.tidied(typed)).toEqual(stored);
    expect(form.tidied(stored)).toEqual(stored);
    expect(form.tidied({})).toEqual({});
  });

  it('that has no such form is kept as it was typed, and its row is named', () => {
    const schools = [
      { ...school, site: '90AA00', province: 'Drenthe' },
      { ...school, province: 'Atlantis' },
    ];
    expect(form.tidied({ schools })).toEqual({ schools });
    expect(faultOf('schools', { schools })).toContain('Rij 2: wij kennen de provincie “Atlantis” niet.');
    expect(faultOf('schools', { schools: [{ ...school, site: 'ABC' }] })).toContain('schoolnummer “ABC”');
    expect(faultOf('schools', { schools: [{ ...school, board: '9' }] })).toBeUndefined();
    expect(faultOf('partners', { partners: [{ kind: 'COMPANY', kvk: '12 34 x' }] })).toContain('KvK-nummer');
  });

  it.each([
    ['NL03 ABNA 0123 4567 89', 'Controleer de cijfers'],
    ['NL02 ABNA 0123 4567 8', 'te kort of te lang'],
    ['mijn rekening', 'Dit is geen IBAN'],
    ['XX02 ABNA 0123 4567 89', 'geen land'],
  ])('as an account number, %j is told what is wrong with it', (iban, words) => {
    expect(faultOf('payee.iban', { payee: { iban } })).toContain(words);
  });

  it.each(['nl02abna0123456789', 'NL02 ABNA 0123 4567 89', 'NL02\u00a0ABNA\u00a00123\u00a04567\u00a089'])(
    'as an account number, %j is right',
    (iban) => {
      expect(faultOf('payee.iban', { payee: { iban } })).toBeUndefined();
    },
  );
});

describe('a rule about provinces', () => {
  it('that was frozen under another name of one still takes its schools', () => {
    const refusal = { nl: 'n', en: 'e' };
    const conditions = compileConditions({ area: { cel: 'schools.all(s, s.province in ["Friesland"])', refusal } });
    const judged = (province: string): unknown =>
      judgeApplication(conditions, form.tidied({ schools: [{ ...school, province }] })).met;
    expect([judged('Fryslân'), judged('FRIESLAND'), judged('Drenthe')]).toEqual([true, true, false]);
  });
});

describe('the provinces of a regulation', () => {
  const programme = readProgramme(config('programmes', 'innovatie-wt.yaml'), 'programme');
  const noord = config('regions', 'noord', 'regulation.yaml');
  const read = (names: string): readonly string[] =>
    readRegulation(noord.replace('[Groningen, Fryslân, Drenthe]', names), 'noord', programme).provinces;

  it('stand under their own names, whatever the file calls them', () => {
    expect(read('[groningen, Friesland, NL-DR]')).toEqual(['Groningen', 'Fryslân', 'Drenthe']);
  });

  it.each([
    ['[Groningen, Atlantis]', '/provinces/1'],
    ['[Friesland, Fryslân]', '/provinces/1'],
  ])('%s are refused when they are loaded', (names, pointer) => {
    let refusal: unknown;
    try {
      read(names);
    } catch (error) {
      refusal = error;
    }
    expect((refusal as RegulationIsWrong).faults.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});
