/** A file as text, or why it is none. */
export type FileText = { readonly text: string } | { readonly fault: string };

const AS_CSV = 'Save it as CSV (UTF-8) and import that file.';
const starts = (bytes: Uint8Array, ...head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte);

/** Bytes as text: UTF-16 and UTF-8 when they are, else Windows-1252, as DUO wrote for years. */
export function fileText(bytes: Uint8Array): FileText {
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04))
    return { fault: `This is a workbook (xlsx, ods) or another zip, not a CSV file. ${AS_CSV}` };
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return { fault: `This is an old workbook (xls), not a CSV file. ${AS_CSV}` };
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return { fault: `This is a PDF, not a CSV file. ${AS_CSV}` };
  const text = decoded(bytes).replace(/^\uFEFF/, '');
  if (/^\s*</.test(text)) return { fault: 'This is a web page or XML, not a CSV file. Download the file itself.' };
  if (text.includes('\0')) return { fault: `This is not a text file. ${AS_CSV}` };
  return text.trim() === '' ? { fault: 'This file is empty.' } : { text };
}

function decoded(bytes: Uint8Array): string {
  const wide = wideOf(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** UTF-16 by its mark, or by the zeros that plain letters have in it; null for one byte a letter. */
function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (starts(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (starts(bytes, 0xfe, 0xff)) return 'utf-16be';
  const head = bytes.subarray(0, 64);
  const zeros = (odd: number): number => head.filter((byte, at) => at % 2 === odd && byte === 0).length;
  if (head.length < 8) return null;
  if (zeros(1) > head.length * 0.4) return 'utf-16le';
  return zeros(0) > head.length * 0.4 ? 'utf-16be' : null;
}
