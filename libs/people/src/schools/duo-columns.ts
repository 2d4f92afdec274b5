/** What we read of a row of DUO's files. */
export type DuoField = 'province' | 'board' | 'boardName' | 'brin' | 'site' | 'name' | 'place' | 'municipality';

/** Names that DUO has given a column over the years; the newest first. */
const NAMES: Readonly<Record<DuoField, readonly string[]>> = {
  province: ['PROVINCIE'],
  board: ['BEVOEGD GEZAG NUMMER', 'BEVOEGD GEZAG NR', 'BEVOEGDGEZAGNUMMER'],
  boardName: ['BEVOEGD GEZAG NAAM', 'NAAM BEVOEGD GEZAG'],
  brin: ['INSTELLINGSCODE', 'BRIN NUMMER', 'BRINNUMMER', 'BRIN'],
  site: ['VESTIGINGSCODE', 'VESTIGINGSNUMMER', 'VESTIGINGS NUMMER'],
  name: ['VESTIGINGSNAAM', 'INSTELLINGSNAAM', 'INSTELLINGSNAAM VESTIGING'],
  place: ['PLAATSNAAM', 'PLAATS'],
  municipality: ['GEMEENTENAAM', 'GEMEENTE'],
};

/** Without these a row says nothing that we can keep. */
const NEEDED: readonly DuoField[] = ['board', 'name', 'province', 'place'];

/** Where each field stands in a file, by its header; the names of what is missing when it cannot be used. */
export function columnsIn(
  header: readonly string[],
): { readonly at: Partial<Record<DuoField, number>> } | { readonly missing: readonly string[] } {
  const plain = headerOf(header);
  const at: Partial<Record<DuoField, number>> = {};
  for (const [field, names] of Object.entries(NAMES) as [DuoField, readonly string[]][]) {
    const name = names.find((one) => plain.includes(one));
    if (name !== undefined) at[field] = plain.indexOf(name);
  }
  const missing = NEEDED.filter((field) => at[field] === undefined).map((field) => NAMES[field][0] ?? field);
  if (at.brin === undefined && at.site === undefined) missing.push('INSTELLINGSCODE');
  return missing.length === 0 ? { at } : { missing };
}

/** Names of columns as we compare them. */
export function headerOf(names: readonly string[]): readonly string[] {
  return names.map((name) =>
    name
      .trim()
      .toUpperCase()
      .replace(/[_\s]+/g, ' '),
  );
}
