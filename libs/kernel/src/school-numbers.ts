/** Numbers of schools and their boards, as DUO gives them and as people type them. */

const BRIN = /^\d{2}[A-Z]{2}$/;
const SITE = /^\d{2}[A-Z]{2}\d{2}$/;
const BOARD = /^\d{5}$/;

/** BRIN of a school, `05KK`: four characters; null when it is none. A spreadsheet may have eaten the zero in front. */
export function brinOf(text: string): string | null {
  const code = padded(plain(text), 4);
  return BRIN.test(code) ? code : null;
}

/** BRIN with the two digits of a site, `05KK00`; a school without them means its first site. Null when it is none. */
export function siteOf(text: string): string | null {
  const code = plain(text);
  const whole = /[A-Z]$/.test(code) ? `${padded(code, 4)}00` : padded(code, 6);
  return SITE.test(whole) ? whole : null;
}

/** Number of a school board, five digits; null when it is none. */
export function boardNumberOf(text: string): string | null {
  const code = padded(plain(text), 5);
  return BOARD.test(code) ? code : null;
}

/** BRIN of a school or number of a board: whose mandate can act. Null when it is neither. */
export function institutionOf(text: string): string | null {
  return brinOf(text) ?? boardNumberOf(text);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b.-]/g, '')
    .toUpperCase();
}

function padded(code: string, length: number): string {
  return code === '' ? '' : code.padStart(length, '0');
}
