interface Download {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/**
 * Headers under which a file of a stranger leaves: saved, never shown, and if a browser shows it after all then without scripts, forms or
 * our origin (ASVS 5.0, V3.2.1 and V5.4).
 */
export function downloadHeaders({ name, mediaType, bytes }: Download): Readonly<Record<string, string>> {
  return {
    'content-type': mediaType,
    'content-length': String(bytes),
    'content-disposition': disposition(name),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** RFC 6266 with both forms: plain ASCII for old readers, UTF-8 in percent signs (RFC 8187) for the others. */
function disposition(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
