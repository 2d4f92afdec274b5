import type { StaffRole } from '#lib/access';
import type { Notice, NoticeWriter } from '#lib/engine';
import type { PersonDirectory } from '#lib/people';
import { proposalContext } from './to-lead-applicant.js';

/** Writes a mail to who holds one of the roles in the region: which proposal it is about, and nothing of its file. */
export function toStaff(template: string, roles: readonly StaffRole[], directory: PersonDirectory): NoticeWriter {
  return async ({ tx, opened, eventId }) => {
    const { number, title, callName, regionName } = proposalContext({ opened });
    const staff = await directory.holders(tx, opened.region, roles);
    return staff.map(({ personId, name, address, language }): Notice => ({
      ...{ region: opened.region, eventId, recipientKey: personId, template, language, to: { address, name } },
      view: { name, number, title, call: callName[language], region: regionName[language] },
    }));
  };
}
