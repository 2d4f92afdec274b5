import type { StaffRole } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { MoveContext, Notice, NoticeWriter } from '#lib/engine';
import type { Addressee, PersonDirectory } from '#lib/people';
import { proposalContext } from './to-lead-applicant.js';

const HANDLING = {
  name: 'who-handles-proposal',
  text: `select h as id from proposal p cross join unnest($2::uuid[]) h where p.id = $1 and app.proposal_roles(p, h) ?| $3::text[]`,
};

/** Who holds one of the roles in the region and towards this proposal: nobody with an interest in it, and nobody who applies. */
export async function staffOf(
  tx: Transaction,
  { id, region }: { readonly id: string; readonly region: string },
  roles: readonly StaffRole[],
  directory: PersonDirectory,
): Promise<readonly Addressee[]> {
  const holders = await directory.holders(tx, region, roles);
  const ids = holders.map(({ personId }) => personId);
  const handling = new Set((await tx.query<{ id: string }>(HANDLING, [id, ids, [...roles]])).map((row) => row.id));
  return holders.filter(({ personId }) => handling.has(personId));
}

const nothingMore = (): Promise<Notice['view']> => Promise.resolve({});

/** Writes a mail to who holds one of the roles towards a proposal: which one it is about, and nothing of its file. */
export function toStaff(
  template: string,
  roles: readonly StaffRole[],
  directory: PersonDirectory,
  more: (context: MoveContext) => Promise<Notice['view']> = nothingMore,
): NoticeWriter {
  return async (context) => {
    const { tx, subject, opened, eventId } = context;
    const { number, title, callName, regionName } = proposalContext({ opened });
    const staff = await staffOf(tx, { id: subject.id, region: opened.region }, roles, directory);
    const rest = await more(context);
    return staff.map(({ personId, name, address, language }): Notice => ({
      ...{ region: opened.region, eventId, recipientKey: personId, template, language, to: { address, name } },
      view: { name, number, title, call: callName[language], region: regionName[language], ...rest },
    }));
  };
}
