// The two tables of an OpenType font that the build reads or writes (OpenType 1.9): `cmap`, which characters it has, and `name`.

/** Unicode code points as ranges [first, last], ascending: what the font has a glyph for. */
export function coverageOf(font) {
  const cmap = tablesOf(font).find(({ tag }) => tag === 'cmap');
  const codes = new Set();
  for (let one = 0; one < font.readUInt16BE(cmap.offset + 2); one += 1) {
    const at = cmap.offset + font.readUInt32BE(cmap.offset + 8 + 8 * one);
    const format = font.readUInt16BE(at);
    if (format === 4) addSegments(font, at, codes);
    if (format === 12) addGroups(font, at, codes);
  }
  return rangesOf([...codes].sort((a, b) => a - b));
}

/** Format 4: the basic plane in segments. A glyph number of 0 means "none". */
function addSegments(font, at, codes) {
  const twice = font.readUInt16BE(at + 6);
  const [ends, starts, deltas, offsets] = [14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice].map((part) => at + part);
  for (let one = 0; one < twice; one += 2) {
    const [first, last] = [font.readUInt16BE(starts + one), font.readUInt16BE(ends + one)];
    const [delta, offset] = [font.readUInt16BE(deltas + one), font.readUInt16BE(offsets + one)];
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const stored = offset === 0 ? code : font.readUInt16BE(offsets + one + offset + 2 * (code - first));
      if (stored !== 0 && ((stored + delta) & 0xffff) !== 0) codes.add(code);
    }
  }
}

/** Format 12: all planes in groups. */
function addGroups(font, at, codes) {
  for (let one = 0; one < font.readUInt32BE(at + 12); one += 1) {
    const group = at + 16 + 12 * one;
    for (let code = font.readUInt32BE(group); code <= font.readUInt32BE(group + 4); code += 1) codes.add(code);
  }
}

function rangesOf(codes) {
  const ranges = [];
  for (const code of codes) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === code - 1) range[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}

const FAMILY = 1;
const STYLE = 2;
const FULL = 4;
const POSTSCRIPT = 6;

/** The font under another family; its own name stays in the PostScript name, which a PDF shows. */
export function renamed(font, family, postscript) {
  const table = nameTable([
    [FAMILY, family],
    [STYLE, 'Regular'],
    [FULL, family],
    [POSTSCRIPT, postscript],
  ]);
  const tables = tablesOf(font).map(({ tag, offset, length }) => ({
    tag,
    bytes: tag === 'name' ? table : font.subarray(offset, offset + length),
  }));
  return assembled(font.readUInt32BE(0), tables);
}

function tablesOf(font) {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const at = 12 + 16 * index;
    const tag = font.toString('latin1', at, at + 4);
    return { tag, offset: font.readUInt32BE(at + 8), length: font.readUInt32BE(at + 12) };
  });
}

/** Windows names (platform 3, Unicode, American English). */
function nameTable(names) {
  const header = Buffer.alloc(6 + 12 * names.length);
  header.writeUInt16BE(names.length, 2);
  header.writeUInt16BE(header.length, 4);
  let offset = 0;
  const texts = names.map(([id, text], index) => {
    const bytes = Buffer.from(text, 'utf16le').swap16();
    [3, 1, 0x409, id, bytes.length, offset].forEach((value, field) =>
      header.writeUInt16BE(value, 6 + 12 * index + 2 * field),
    );
    offset += bytes.length;
    return bytes;
  });
  return Buffer.concat([header, ...texts]);
}

/** A font file of these tables, each on a multiple of four bytes. Its checksums stay zero: nothing here reads them. */
function assembled(version, tables) {
  const header = Buffer.alloc(12 + 16 * tables.length);
  header.writeUInt32BE(version, 0);
  header.writeUInt16BE(tables.length, 4);
  let offset = header.length;
  const parts = tables.map(({ tag, bytes }, index) => {
    const at = 12 + 16 * index;
    header.write(tag, at, 'latin1');
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(bytes.length, at + 12);
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    offset += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...parts]);
}
