import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProposal, readReceipt, type ReceiptView } from '#lib/intake';
import { canonicalJson, sha256 } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import { TestRound } from '../support/test-round.js';

let noord: TestRound;
let id: string;
let lead: string;
beforeAll(async () => {
  noord = await TestRound.open({ members: 2, applicants: 2 });
  lead = noord.people.applicants[0] ?? '';
  id = await noord.draft(await noord.openCall('2027-1', { days: 60 }), lead);
  await noord.act('proposal', id, 'submit', lead);
});
afterAll(() => noord.close());

const readAs = async (person: string): Promise<ReceiptView | null> =>
  noord.database.unit({ regions: ['noord'], actor: person, readOnly: true }, async (tx) => {
    const { id: receipt } = (await noord.one('select id from receipt where proposal_id = $1', [id])) as { id: string };
    return readReceipt(tx, id, receipt);
  });

describe('the receipt of a proposal', () => {
  it('keeps a copy of every answer, the name of the plan too, whose hash anybody can compute', async () => {
    const { title } = (await noord.one('select title from proposal where id = $1', [id])) as { title: string };
    const receipt = await readAs(lead);
    expect(receipt?.content).toMatchObject({ title, budget: expect.anything() });
    expect(receipt?.contentHash).toBe(sha256(canonicalJson(receipt?.content)));
    expect(receipt?.inTime).toBe(true);
  });

  it('is found among the receipts of its proposal', async () => {
    const proposal = await noord.database.unit({ regions: ['noord'], actor: lead, readOnly: true }, (tx) =>
      readProposal(tx, id),
    );
    expect(proposal?.receipts.map(({ id: one }) => one)).toEqual([(await readAs(lead))?.id]);
  });

  it('is read by who applies and by staff, and by nobody else', async () => {
    const { applicants, members, secretary } = noord.people;
    expect(await readAs(secretary)).not.toBeNull();
    expect(await readAs(applicants[1] ?? '')).toBeNull();
    expect(await readAs(members[1] ?? '')).toBeNull();
  });

  it('gives drafts of before the hash of the whole', async () => {
    const title = 'Een "plan" met \\ en é, ₂ en 🧪\ten een \u0001 erin';
    const content = { b: [{ z: 1, aa: null }, true], a: title, '€': 12_345_678_901 };
    const draft = await noord.draft(await noord.openCall('2027-2', { days: 60 }), lead);
    await noord.look.query(`update proposal set title = 'Plan', content = $2, content_hash = 'old' where id = $1`, [
      draft,
      JSON.stringify(content),
    ]);
    await noord.look.query(
      readFileSync(join(projectFolder(), 'libs', 'database', 'sql', '0035-receipt.up.sql'), 'utf8'),
    );
    expect(await noord.one('select content_hash as hash from proposal where id = $1', [draft])).toEqual({
      hash: sha256(canonicalJson({ ...content, title: 'Plan' })),
    });
  });
});
