drop function app.open_part_by_mandate, app.open_part, app.opened_part;
create or replace function app.proposal_roles(p proposal, p_actor uuid) returns jsonb language sql stable as $$
  select case when p.lead_applicant = p_actor then '["lead-applicant"]'::jsonb else '[]'::jsonb end ||
    case when exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = p_actor) then '[]'::jsonb
    else app.staff_roles(p.region, p_actor) || case when exists (
      select 1 from seat s where s.call_id = p.call_id and s.person_id = p_actor and s.ended_at is null)
      then '["member"]'::jsonb else '[]'::jsonb end end
$$;
create or replace function app.regions_taking_part(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from proposal where lead_applicant = p_person union select region from seat where person_id = p_person
    union select region from initiative where started_by = p_person
$$;
drop function app.applies, app.region_of_mandate, app.regions_of_mandates, app.region_of_board, app.signs_for, app.bound_proposals, app.mandated, app.mandate_covers, app.mandate_holds;
delete from party where role = 'contact';
alter table party drop constraint party_role_check;
alter table party add constraint party_role_check check (role in ('co-applicant', 'partner', 'school', 'payee'));
alter table party drop column account, drop column answered_by, drop column revision, drop column institution;
alter table proposal drop column lead_institution;
drop table mandate;
create table organisation (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('school-board', 'school', 'network', 'company', 'institute', 'other')),
  name text not null check (length(name) between 1 and 300),
  brin text unique check (brin ~ '^[0-9]{2}[A-Z]{2}([0-9]{2})?$')
);
call app.share('organisation', 'select, insert, update');

create table mandate (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id),
  organisation_id uuid not null references organisation (id),
  can_sign boolean not null default false,
  valid_from timestamptz not null default app_now(),
  valid_until timestamptz check (valid_until >= valid_from),
  constraint mandate_held_once exclude using gist (person_id with =, organisation_id with =, tstzrange(valid_from, valid_until) with &&)
);
call app.share('mandate', 'select, insert, update');
create or replace function app.open_proposal_and_parties(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb
language plpgsql as $$
declare
  opened jsonb := app.open_proposal(p_id, p_actor, p_locks, p_received);
  more jsonb;
begin
  opened := jsonb_set(opened, '{facts,parties}', (select jsonb_build_object('open', count(*) filter (where t.state <> 'confirmed'))
    from party t where t.proposal_id = p_id and t.removed_at is null));
  if (opened #>> '{facts,call,announcesEach}')::boolean is not true then return opened; end if;
  more := app.arrival_facts(p_id);
  opened := jsonb_set(opened, '{facts,arrival}', more -> 'arrival');
  opened := jsonb_set(opened, '{facts,reviews,differ}', more -> 'differ');
  return jsonb_set(opened, '{facts,decision,ground}', coalesce(nullif(more -> 'ground', 'null'), '""'));
end $$;
create function app.open_part(p_hash text) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text, part jsonb,
  title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.region, t.state, t.organisation, t.contact_name, t.role, t.part, p.title, p.organisation,
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en), jsonb_build_object('nl', g.name_nl, 'en', g.name_en), t.language
  from party t join proposal p on p.id = t.proposal_id join call c on c.id = p.call_id join region g on g.code = t.region
  where t.token_hash = p_hash and t.removed_at is null and t.expires_at > app_now()
$$;
revoke all on function app.open_part from public;
grant execute on function app.open_part to regioloket_app;
