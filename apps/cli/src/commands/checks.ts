import { ROUND_INVARIANTS } from '#lib/decision';
import { DOCUMENT_INVARIANTS } from '#lib/documents';
import { checkInvariants, ENGINE_INVARIANTS } from '#lib/engine';
import { ATTACHMENT_INVARIANTS, INITIATIVE_INVARIANTS, PARTY_INVARIANTS } from '#lib/intake';
import { MANDATE_INVARIANTS, PEOPLE_INVARIANTS } from '#lib/people';
import type { Command } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';

/** Every check of every library. */
export const INVARIANTS = [
  ...[...ENGINE_INVARIANTS, ...ROUND_INVARIANTS, ...DOCUMENT_INVARIANTS, ...PEOPLE_INVARIANTS, ...MANDATE_INVARIANTS],
  ...[...INITIATIVE_INVARIANTS, ...PARTY_INVARIANTS, ...ATTACHMENT_INVARIANTS],
];

export const invariantsCommand: Command = {
  words: ['invariants'],
  summary: 'checks what must hold in the database at every moment',
  help: `regioloket invariants
  Runs every check over all regions. Out: {ok, checked, broken: [{code, rule, count, examples}]}; exit 1 when one is broken.
  Example: regioloket invariants`,
  async run(_args, terminal) {
    const broken = await withOwner((client) => checkInvariants(client, INVARIANTS));
    terminal.out(JSON.stringify({ ok: broken.length === 0, checked: INVARIANTS.length, broken }, null, 2));
    return broken.length === 0 ? 0 : 1;
  },
};
