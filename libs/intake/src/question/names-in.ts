/** Words shorter than this name nobody: a title of one letter would be found everywhere. */
const SHORTEST = 4;

/** The first of the given names that stands in a text as whole words, whatever its case, accents and spaces; null when none does. */
export function nameIn(text: string, names: readonly string[]): string | null {
  const within = ` ${plain(text)} `;
  return (
    names.find((name) => {
      const sought = plain(name);
      return sought.length >= SHORTEST && within.includes(` ${sought} `);
    }) ?? null
  );
}

function plain(text: string): string {
  const letters = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
