/** Chamber of Commerce number, eight digits; null when it is none. Spreadsheets eat zeros in front (domain.md B.10). */
export function kvkOf(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/^kvk[:\s]*/i, '')
    .replace(/[\s\u200b.-]/g, '');
  return /^\d{1,8}$/.test(digits) ? digits.padStart(8, '0') : null;
}
