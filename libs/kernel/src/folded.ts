/** Lower case without accents: how words that people type are looked for. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What is left of a name when case, accents, spaces and marks are no difference: `Noord-Holland` and `NOORD HOLLAND` are one. */
export function folded(text: string): string {
  return withoutAccents(text.normalize('NFKC')).replace(/[^\p{L}\p{N}]/gu, '');
}
