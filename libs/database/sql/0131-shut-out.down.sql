drop trigger token_of_enabled on api_token;
drop function app.token_of_enabled;
create or replace function app.confirm_offer(p_hash text) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  update help_offer set confirmed_at = coalesce(confirmed_at, app_now()) where token_hash = p_hash and withdrawn_at is null
    and offered_at > app_now() - interval '14 days' returning help_offer.id, help_offer.region
$$;
create or replace function app.offer_by_link(p_hash text) returns table (organisation text, title text, confirmed boolean, withdrawn boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.organisation, i.title, o.confirmed_at is not null, o.withdrawn_at is not null
  from help_offer o left join initiative i on i.id = o.initiative_id where o.token_hash = p_hash
$$;
create or replace function app.open_part(p_hash text) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text, part jsonb,
  title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.* from party t cross join app.opened_part(t) o where t.token_hash = p_hash and t.removed_at is null and t.expires_at > app_now()
$$;
create or replace function app.open_invitation(given_token_hash text)
  returns table (id uuid, region text, email text, name text, language text, roles text[], expires_at timestamptz, has_account boolean, proposal jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.region, i.email::text, i.name, i.language, i.roles, i.expires_at, exists (select 1 from person p where p.email = i.email),
    case when r.id is not null then jsonb_build_object('id', r.id, 'number', r.number, 'title', r.title, 'inviter', b.name) end
  from invitation i left join proposal r on r.id = i.proposal_id left join person b on b.id = i.invited_by
  where i.token_hash = given_token_hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > app_now()
    and (r.id is null or r.phase in ('preparing', 'submitted', 'screening'));
$$;
drop function app.disable_person;
create function app.disable_person(given_person uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person set disabled_at = app_now() where id = given_person and disabled_at is null;
  if not found then return false; end if;
  update session set ended_at = app_now() where person_id = given_person and ended_at is null;
  update api_token set revoked_at = app_now() where person_id = given_person and revoked_at is null;
  delete from sign_in_link where person_id = given_person and used_at is null;
  return true;
end $$;
drop function app.enable_person;
create function app.enable_person(given_person uuid) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  update person set disabled_at = null where id = given_person and disabled_at is not null returning true;
$$;
revoke all on function app.disable_person, app.enable_person from public;
grant execute on function app.disable_person, app.enable_person to regioloket_app;
drop function app.may_enter, app.keys_of, app.end_keys, app.has_administrator;
alter table person drop column disabled_by, drop column disabled_reason;
