const MOST = 120;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A file name as it was typed, made safe to show, to store and to put in a header: without folders, control characters, marks that turn
 * the direction of reading around, and signs that a file system refuses. At most 120 characters, its extension kept.
 */
export function fileName(typed: string): string {
  const last = typed.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*%;]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const named = plain === '' ? 'bestand' : plain.replace(DEVICE, '-$&');
  return shortened(named);
}

function shortened(name: string): string {
  const signs = Array.from(name);
  if (signs.length <= MOST) return name;
  const extension = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? '';
  return `${signs
    .slice(0, MOST - extension.length)
    .join('')
    .trimEnd()}${extension}`;
}
