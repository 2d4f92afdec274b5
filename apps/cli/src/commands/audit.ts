import { parseArgs } from 'node:util';
import { openAnchor, signAnchor, verifyAudit, type Anchor, type ChainEnd } from '#lib/engine';
import type { Command, Terminal } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';
import { unusable } from '../unusable-input.js';

export const auditVerifyCommand: Command = {
  words: ['audit', 'verify'],
  summary: 'recomputes the chain of the audit trail',
  help: `regioloket audit verify [ANCHOR --key PUBLIC.pem]
  Names every entry that was changed, deleted, swapped or inserted since it was sealed, and counts sealed and unsealed entries. Without an
  exported anchor a cut tail cannot be seen: tailAnchored is false. Out: the report; exit 1 with faults.
  Example: regioloket audit verify anchor.json --key audit-public.pem`,
  async run(args, terminal) {
    const given = keyAndFile(args);
    const [anchorFile] = given.files;
    if (given.files.length > 1 || (anchorFile === undefined) !== (given.key === undefined))
      return unusable(terminal, [
        { pointer: '', message: 'Name an anchor and the public key to check it with, or neither.' },
      ]);
    const anchors = anchorFile === undefined ? [] : await anchorsIn(terminal, anchorFile, given.key ?? '');
    if (anchors === null) return unusable(terminal, [{ pointer: '', message: `${anchorFile ?? ''} is no anchor.` }]);
    const report = await withOwner((client) => verifyAudit(client, anchors));
    terminal.out(JSON.stringify(report, null, 2));
    return report.ok ? 0 : 1;
  },
};

export const auditAnchorCommand: Command = {
  words: ['audit', 'anchor'],
  summary: 'signs the ends of the audit chains, to keep elsewhere',
  help: `regioloket audit anchor --key PRIVATE.pem
  Verifies the trail and signs the end of each region's chain with an Ed25519 key. Keep the anchor where the database's operator cannot
  change it: with it, audit verify sees also a tail that was cut off. Out: {at, ends, signature}; exit 1 when the trail has faults.
  Make a key: openssl genpkey -algorithm ed25519 -out audit.pem && openssl pkey -in audit.pem -pubout -out audit-public.pem
  Example: regioloket audit anchor --key audit.pem > anchor.json`,
  async run(args, terminal) {
    const { key, files } = keyAndFile(args);
    if (key === undefined || files.length > 0)
      return unusable(terminal, [{ pointer: '', message: 'Name the private key: --key PRIVATE.pem.' }]);
    const pem = await terminal.read(key);
    const { report, at } = await withOwner(async (client) => {
      const { rows } = await client.query<{ at: string }>('select app.iso(app_now()) as at');
      return { report: await verifyAudit(client), at: rows[0]?.at ?? '' };
    });
    if (!report.ok) {
      terminal.err(JSON.stringify(report, null, 2));
      return 1;
    }
    try {
      terminal.out(JSON.stringify(signAnchor(at, report.ends, pem), null, 2));
      return 0;
    } catch {
      return unusable(terminal, [{ pointer: '', message: `${key} is no Ed25519 private key in PEM.` }]);
    }
  },
};

function keyAndFile(args: readonly string[]): { readonly key: string | undefined; readonly files: readonly string[] } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { key: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  return { key: typeof values.key === 'string' ? values.key : undefined, files: positionals };
}

/** The ends that a genuine anchor names; null when the file is none. Throws AnchorNotGenuine. */
async function anchorsIn(terminal: Terminal, file: string, key: string): Promise<readonly ChainEnd[] | null> {
  const [text, pem] = [await terminal.read(file), await terminal.read(key)];
  let anchor: unknown;
  try {
    anchor = JSON.parse(text);
  } catch {
    return null;
  }
  return isAnchor(anchor) ? openAnchor(anchor, pem) : null;
}

function isAnchor(value: unknown): value is Anchor {
  return typeof value === 'object' && value !== null && 'at' in value && 'ends' in value && 'signature' in value;
}
