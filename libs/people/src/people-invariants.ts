import type { Invariant } from '#lib/engine';

/** What must hold of accounts at every moment. */
export const PEOPLE_INVARIANTS: readonly Invariant[] = [
  {
    code: 'disabled-person-has-no-key',
    rule: 'A disabled person has no open session, token or sign-in link.',
    sql: `select 'landelijk' as region, p.id from person p where p.disabled_at is not null and (
      exists (select 1 from session s where s.person_id = p.id and s.ended_at is null)
      or exists (select 1 from api_token t where t.person_id = p.id and t.revoked_at is null)
      or exists (select 1 from sign_in_link l where l.person_id = p.id and l.used_at is null))`,
  },
  {
    code: 'one-account-for-one-mailbox',
    rule: 'The address of an account stands as it is compared: composed, lower case, its domain in the letters of DNS.',
    sql: `select 'landelijk' as region, p.id from person p where p.email::text <> lower(normalize(p.email::text, NFC))
      or split_part(p.email::text, '@', 2) ~ '[^[:ascii:]]'`,
  },
  {
    code: 'accepted-invitation-went-to-its-address',
    rule: 'An invitation is accepted by the person whose address it was sent to, and by nobody after it was withdrawn.',
    sql: `select i.region, i.id from invitation i join person p on p.id = i.accepted_by
      where p.email <> i.email or i.withdrawn_at is not null or i.accepted_at > i.expires_at`,
  },
  {
    code: 'nobody-granted-themselves-a-role',
    rule: 'Nobody holds a role that they gave to themselves.',
    sql: `select region, id from role_assignment where granted_by = person_id`,
  },
];
