import { folded } from './folded.js';

/** The twelve provinces under the names that they have chosen, with other names under which files and people know them. */
const NAMES = {
  Drenthe: ['DR', 'NL-DR', 'PV22'],
  Flevoland: ['FL', 'NL-FL', 'PV24'],
  // The province has been called Fryslân since 1997; DUO's files and half the country write Friesland.
  Fryslân: ['Friesland', 'Frisia', 'FR', 'NL-FR', 'PV21'],
  Gelderland: ['Guelders', 'GE', 'GLD', 'NL-GE', 'PV25'],
  Groningen: ['GR', 'NL-GR', 'PV20'],
  Limburg: ['LI', 'NL-LI', 'PV31'],
  'Noord-Brabant': ['N-Brabant', 'North Brabant', 'Brabant', 'NB', 'NL-NB', 'PV30'],
  'Noord-Holland': ['N-Holland', 'North Holland', 'NH', 'NL-NH', 'PV27'],
  Overijssel: ['OV', 'NL-OV', 'PV23'],
  Utrecht: ['UT', 'NL-UT', 'PV26'],
  Zeeland: ['Zealand', 'ZE', 'NL-ZE', 'PV29'],
  'Zuid-Holland': ['Z-Holland', 'South Holland', 'ZH', 'NL-ZH', 'PV28'],
} as const;

export type Province = keyof typeof NAMES;
export const PROVINCES = Object.keys(NAMES) as readonly Province[];

/** Codes: ISO 3166-2:NL and those of Statistics Netherlands (CBS, PV20 to PV31). */
const BY_NAME: ReadonlyMap<string, Province> = new Map(
  PROVINCES.flatMap((province) => [province, ...NAMES[province]].map((name) => [folded(name), province] as const)),
);

/** The province that is meant; null when there is none of this name. Case, accents, spaces and marks make no difference. */
export function provinceOf(text: string): Province | null {
  const plain = folded(text);
  return BY_NAME.get(plain) ?? BY_NAME.get(plain.replace(/^provincie|^prov/, '')) ?? null;
}
