/** Digits of a telephone number: six within a small exchange abroad, fifteen at most (ITU-T E.164). */
const [LEAST, MOST] = [6, 15];

/** A telephone number on one line, as it was written; null when nobody could dial it. */
export function phoneOf(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s\u200b]+/g, ' ')
    .trim();
  const digits = plain.replace(/\D/g, '').length;
  return /^\+?[\d ()./-]+$/.test(plain) && digits >= LEAST && digits <= MOST ? plain : null;
}
