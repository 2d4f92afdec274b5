import type { StaffRole } from '#lib/access';
import type { Text } from '#lib/kernel';

/** What a role is called on pages and in mails. */
export const ROLE_LABELS: Readonly<Record<StaffRole, Text>> = {
  member: { nl: 'commissielid', en: 'committee member' },
  chair: { nl: 'voorzitter', en: 'chair' },
  secretary: { nl: 'secretaris', en: 'secretary' },
  coordinator: { nl: 'coördinator', en: 'coordinator' },
  decider: { nl: 'bestuur van het netwerk', en: 'decider' },
  'national-office': { nl: 'landelijk programmabureau', en: 'national office' },
  auditor: { nl: 'auditor', en: 'auditor' },
  'platform-admin': { nl: 'beheerder', en: 'administrator' },
};
