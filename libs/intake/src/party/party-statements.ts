export const ADD = {
  name: 'add-party',
  text: `insert into party (id, region, proposal_id, role, organisation, contact_name, email, language, part, institution)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};
/** Who confirmed something else than what stands there now must be asked again; a link that went to another address dies. */
export const CHANGE = {
  name: 'change-party',
  text: `update party set role = $3, organisation = $4, contact_name = $5, email = $6, language = $7, part = $8, institution = $9,
      state = case when state = 'confirmed' and (part_hash <> $10 or role <> $3 or institution is distinct from $9
        or role = 'contact' and email <> $6) then 'changed' when state = 'asked' and email <> $6 then 'listed' else state end,
      token_hash = case when email = $6 then token_hash end, revision = revision + 1
    where id = $1 and proposal_id = $2 and removed_at is null and ($11::int is null or revision = $11) returning revision`,
};
export const REMOVE = {
  name: 'remove-party',
  text: `update party set removed_at = app_now() where id = $1 and proposal_id = $2 and removed_at is null
    and ($3::int is null or revision = $3) returning id`,
};
export const STANDING = {
  name: 'standing-of-party',
  text: 'select revision, role from party where id = $1 and proposal_id = $2 and removed_at is null',
};
