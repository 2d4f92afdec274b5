/** What we read of a row of DUO's files. */
export type DuoField = 'province' | 'board' | 'boardName' | 'brin' | 'site' | 'name' | 'place' | 'municipality';
export type DuoColumns = Partial<Record<DuoField, number>>;

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

/** Where each field stands in a file, by the names in its header. */
export function columnsIn(header: readonly string[]): DuoColumns {
  const found = (Object.entries(NAMES) as [DuoField, readonly string[]][]).flatMap(([field, names]) => {
    const name = names.find((one) => header.includes(one));
    return name === undefined ? [] : [[field, header.indexOf(name)] as const];
  });
  return Object.fromEntries(found);
}

/** Names of the columns that a file of schools lacks. */
export function missingIn(at: DuoColumns): readonly string[] {
  const missing = NEEDED.filter((field) => at[field] === undefined).map(columnOf);
  return at.brin === undefined && at.site === undefined ? [...missing, columnOf('brin')] : missing;
}

/** Whether a file tells of boards, not of schools: it has their names, and no number of a school. */
export function isOfBoards({ board, boardName, brin, site }: DuoColumns): boolean {
  return board !== undefined && boardName !== undefined && brin === undefined && site === undefined;
}

/** The name that DUO gives a column now. */
export function columnOf(field: DuoField): string {
  return NAMES[field][0] ?? field;
}
