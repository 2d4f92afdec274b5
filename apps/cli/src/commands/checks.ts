import { ROUND_INVARIANTS } from '#lib/decision';
import { checkInvariants, ENGINE_INVARIANTS, verifyAudit } from '#lib/engine';
import { PEOPLE_INVARIANTS } from '#lib/people';
import type { Command } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';

const INVARIANTS = [...ENGINE_INVARIANTS, ...ROUND_INVARIANTS, ...PEOPLE_INVARIANTS];

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

export const auditVerifyCommand: Command = {
  words: ['audit', 'verify'],
  summary: 'recomputes the chain of the audit trail',
  help: `regioloket audit verify
  Names every entry that was changed, deleted, swapped or inserted since it was sealed, and counts sealed and unsealed entries. Without an
  exported anchor a cut tail cannot be seen: tailAnchored is false. Out: the report; exit 1 with faults.
  Example: regioloket audit verify`,
  async run(_args, terminal) {
    const report = await withOwner((client) => verifyAudit(client));
    terminal.out(JSON.stringify(report, null, 2));
    return report.ok ? 0 : 1;
  },
};
