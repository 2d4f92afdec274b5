import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip, with what a malicious maker would change. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
  /** Bit 0: encrypted. */
  readonly flags?: number;
  /** What the directory says, where it lies. */
  readonly claimedBytes?: number;
  /** Unix mode in the upper half. */
  readonly attributes?: number;
}

/** A zip (APPNOTE 6.3.10) of these entries. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, flags = 0, claimedBytes = bytes.length, attributes = 0 } of entries) {
    const packed = deflateRawSync(bytes);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags | 0x800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(claimedBytes, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(name), packed]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(attributes, 6);
    more.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, more, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const text = (name: string, content: string): ZipEntry => ({ name, bytes: Buffer.from(content) });

/** A document of ECMA-376 as small as can be, with more entries. */
export function docxOf(more: readonly ZipEntry[] = [], types = '<Types/>'): Buffer {
  return zipOf([text('[Content_Types].xml', types), text('word/document.xml', '<document/>'), ...more]);
}

export function xlsxOf(): Buffer {
  return zipOf([text('[Content_Types].xml', '<Types/>'), text('xl/workbook.xml', '<workbook/>')]);
}

/** A PDF that says what it is given to say. */
export function pdfOf(content = 'plan'): Buffer {
  return Buffer.from(`%PDF-1.7\n%${content}\ntrailer<<>>\n%%EOF\n`);
}

/** The header of a PNG of this size. */
export function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(33);
  head.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

/** A JPEG of this size, behind a segment of metadata. */
export function jpgOf(width: number, height: number): Buffer {
  const metadata = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x10, 0x00]), Buffer.alloc(0x0ffe)]);
  const frame = Buffer.from([0xff, 0xc0, 0x00, 0x11, 8, 0, 0, 0, 0, 3]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([metadata, frame]);
}
