import { describe, expect, it } from '@jest/globals';
import { writtenIn } from './index.js';

describe('the language of what people wrote', () => {
  it.each([
    ['Het plan is goed en de school doet het samen met een bedrijf.', 'nl'],
    ['Goed plan.', null],
    ['Leerlingen meten wat er met het water in de sloot gebeurt.', 'nl'],
    ['The plan is good and it fits the programme of the school.', 'en'],
    ['The school works with De Ark and the Technasium.', 'en'],
    ['', null],
    ['4,33', null],
    ['المدرسة مع الشركة', null],
    ['Het plan is goed voor de klas; see the report and the visit.', null],
  ])('%s', (text, language) => {
    expect(writtenIn(text)).toBe(language);
  });
});
