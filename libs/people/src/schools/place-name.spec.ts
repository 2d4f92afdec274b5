import { expect, it } from '@jest/globals';
import { placeName } from './place-name.js';

it.each([
  ["'T HARDE", '’t Harde'],
  ['’T ZAND NH', '’t Zand NH'],
  ["'S-HERTOGENBOSCH", '’s-Hertogenbosch'],
  ["'S GRAVENMOER", '’s Gravenmoer'],
  ["STAD AAN 'T HARINGVLIET", 'Stad aan ’t Haringvliet'],
  ['BERGEN (NH)', 'Bergen (NH)'],
  ['BERGEN (L)', 'Bergen (L)'],
  ['HENGELO GLD', 'Hengelo Gld'],
  ['HENGELO (O.)', 'Hengelo (O.)'],
  ['NES (AMELAND)', 'Nes (Ameland)'],
  ['WEHE-DEN HOORN', 'Wehe-den Hoorn'],
  ['DEN HOORN', 'Den Hoorn'],
  ['DE BILT', 'De Bilt'],
  ['TER APEL', 'Ter Apel'],
  ['ALPHEN AAN DEN RIJN', 'Alphen aan den Rijn'],
  ['NEDERHORST DEN BERG', 'Nederhorst den Berg'],
  ['CAPELLE A/D IJSSEL', 'Capelle a/d IJssel'],
  ['CAPELLE AAN DEN IJSSEL', 'Capelle aan den IJssel'],
  ['IJMUIDEN', 'IJmuiden'],
  ['NIEUW- EN SINT JOOSLAND', 'Nieuw- en Sint Joosland'],
  ['BAARLE-NASSAU', 'Baarle-Nassau'],
  ['ALTEVEER GEM NOORDENVELD', 'Alteveer gem. Noordenveld'],
  ['ALTEVEER GEM. HOOGEVEEN', 'Alteveer gem. Hoogeveen'],
  ['SÚDWEST-FRYSLÂN', 'Súdwest-Fryslân'],
  ['LAND VAN CUIJK', 'Land van Cuijk'],
  ['  BERGEN  OP   ZOOM ', 'Bergen op Zoom'],
  ['EE', 'Ee'],
  ['OV', 'Ov'],
  ['', ''],
  ['Wehe-den Hoorn', 'Wehe-den Hoorn'],
  ['it Heidenskip', 'it Heidenskip'],
])('%j is written as %j', (capitals, name) => {
  expect(placeName(capitals)).toBe(name);
});
