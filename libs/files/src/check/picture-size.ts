export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Size of a PNG from its first chunk (PNG, third edition, 11.2.1); null when that is no header. */
export function pngSize(head: Buffer): PixelSize | null {
  if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** More segments than any real picture has before its frame. */
const MOST_SEGMENTS = 500;

/** Size of a JPEG from its frame header (ITU-T T.81, B.2.2), found by stepping over the segments before it; null when there is none. */
export async function jpegSize(readAt: (at: number, length: number) => Promise<Buffer>): Promise<PixelSize | null> {
  let at = 2;
  for (let i = 0; i < MOST_SEGMENTS; i++) {
    const segment = await readAt(at, 9);
    if (segment.length < 9 || segment[0] !== 0xff) return null;
    const marker = segment[1] ?? 0;
    if (isFrame(marker)) return { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    // A fill byte before a marker stands alone.
    at += marker === 0xff ? 1 : 2 + segment.readUInt16BE(2);
  }
  return null;
}

/** SOF0 to SOF15, without the tables and the arithmetic conditioning that share their range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
