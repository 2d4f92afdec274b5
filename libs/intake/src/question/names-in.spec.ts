import { expect, it } from '@jest/globals';
import { nameIn } from './names-in.js';

it.each([
  ['Mag basisschool de eenhoorn meedoen?', 'Basisschool De Éénhoorn', true],
  ['Mail naar juf@school.nl voor meer.', 'juf@school.nl', true],
  ['Sterren-boven Drenthe, telt dat?', 'Sterren boven Drenthe', true],
  ['Mag een basisschool meedoen?', 'Basisschool De Eenhoorn', false],
  ['Wij doen Jansenisme op school.', 'Jansen', false],
  ['Een … als titel', '…', false],
  ['Het is een plan.', 'is', false],
])('in "%s" %s is named: %s', (text, name, isNamed) => {
  expect(nameIn(text, ['Iemand anders', name])).toBe(isNamed ? name : null);
});
