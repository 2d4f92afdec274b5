-- The first sketch of these two was never written to.
drop table mandate, organisation;

-- A school board's mandate covers its schools: one login, several schools. It is given to an e-mail address; whoever has the account of that
-- address holds it (an account is opened only by a mail to its address). Region: the network of the board, whose staff look after it.
create table mandate (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  board text not null check (board ~ '^[0-9]{5}$'),
  holder citext not null check (holder ~ '^[^\s<>"@,;]+@[^\s<>"@,;]+$' and length(holder) <= 254),
  holder_name text not null check (length(holder_name) between 1 and 200 and holder_name !~ '[[:cntrl:]]'),
  -- schools it is for; null: all schools of the board, and the board itself
  schools text[] check (cardinality(schools) between 1 and 200),
  -- apply: write, submit and complete proposals; confirm: answer for the part of a school
  kinds text[] not null check (cardinality(kinds) > 0 and kinds <@ array['apply', 'confirm']),
  -- who signs for the board may give and end mandates of that board
  is_signatory boolean not null default false,
  valid_from date not null,
  valid_until date,
  given_by uuid not null references person (id),
  -- on what it rests, when staff wrote it down; null when the signatory gave it
  evidence text check (length(evidence) between 1 and 2000),
  given_at timestamptz not null default app_now(),
  ended_at timestamptz,
  ended_by uuid references person (id),
  constraint mandate_runs_forward check (valid_until >= valid_from),
  constraint ended_by_somebody check ((ended_at is null) = (ended_by is null)),
  constraint signatory_is_for_the_whole_board check (not is_signatory or (schools is null and evidence is not null))
);
call app.protect('mandate', 'select, insert, update');
create index mandate_holder on mandate (holder) where ended_at is null;
create index mandate_board on mandate (board);

-- The school or board that a proposal comes from and that a part belongs to: BRIN or number of the board. Null: another organisation, a person.
alter table proposal add column lead_institution text check (lead_institution ~ '^([0-9]{2}[A-Z]{2}|[0-9]{5})$');
create index proposal_lead_institution on proposal (lead_institution);
alter table party add column institution text check (institution ~ '^([0-9]{2}[A-Z]{2}|[0-9]{5})$');
create index party_institution on party (institution) where removed_at is null;
alter table party add column revision integer not null default 1;
-- Who answered by a mandate; null when the link in the mail was used.
alter table party add column answered_by uuid references person (id);
-- The account as its holder confirmed it.
alter table party add column account jsonb;
alter table party drop constraint party_role_check;
alter table party add constraint party_role_check check (role in ('co-applicant', 'partner', 'school', 'payee', 'contact'));

-- A mandate holds from its first day to its last, in the Netherlands.
create function app.mandate_holds(m mandate) returns boolean language sql stable as $$
  select m.ended_at is null and m.valid_from <= (app_now() at time zone 'Europe/Amsterdam')::date
    and (m.valid_until is null or m.valid_until >= (app_now() at time zone 'Europe/Amsterdam')::date)
$$;

-- The numbers that a mandate covers: its schools, and those that went on in them (a merger keeps the mandate). A school that went on in one of
-- another board is that board's from then on.
create function app.mandate_covers(m mandate) returns setof text language sql stable as $$
  with recursive own as (
    select s.brin from school_site s where s.board = m.board and not exists (select 1 from school_merger g where g.old_brin = s.brin)
      and (m.schools is null or s.brin in (select app.current_brin(b) from unnest(m.schools) b))
    union select g.old_brin from own join school_merger g on g.new_brin = own.brin)
  select brin from own union select m.board where m.schools is null
$$;

-- Schools and boards for which a person may act now. By the owner, because a board can have schools in several regions.
create function app.mandated(p_person uuid, p_kind text) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from mandate m join person h on h.email = m.holder where h.id = p_person and m.ended_at is null) then
    return '{}';
  end if;
  return (select coalesce(array_agg(distinct n), '{}') from mandate m join person h on h.email = m.holder cross join app.mandate_covers(m) n
    where h.id = p_person and app.mandate_holds(m) and (p_kind is null or p_kind = any (m.kinds)));
end $$;

-- Proposals of the transaction's regions in which a school or board of the person's mandates takes part, whatever the mandate is for: towards
-- these the person stands on the applicant's side.
create function app.bound_proposals(p_person uuid) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare numbers text[] := app.mandated(p_person, null);
begin
  if cardinality(numbers) = 0 then return '{}'; end if;
  return (select coalesce(array_agg(p.id), '{}') from proposal p where p.region = any (app.regions()) and (
    p.lead_institution = any (numbers)
    or exists (select 1 from party t where t.proposal_id = p.id and t.removed_at is null and t.institution = any (numbers))
    or exists (select 1 from jsonb_array_elements(case jsonb_typeof(p.content -> 'schools') when 'array' then p.content -> 'schools' else '[]' end) s
      where s ->> 'brin' = any (numbers))));
end $$;

-- Boards for which a person signs now.
create function app.signs_for(p_person uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct m.board), '{}') from mandate m join person h on h.email = m.holder
    where h.id = p_person and m.is_signatory and app.mandate_holds(m)
$$;

-- The network that looks after a board: that of most of its schools; null when no such board is known.
create function app.region_of_board(p_board text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select app.network_of(province) from school_site where board = p_board group by province order by count(*) desc, province limit 1
$$;

-- Regions in which mandates of a person lie.
create function app.regions_of_mandates(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select m.region from mandate m join person h on h.email = m.holder where h.id = p_person
$$;

-- In which region a mandate lies; null when there is none.
create function app.region_of_mandate(p_id uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$ select region from mandate where id = p_id $$;

create or replace function app.regions_taking_part(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from proposal where lead_applicant = p_person union select region from seat where person_id = p_person
    union select region from initiative where started_by = p_person
    union select region from proposal where lead_institution = any (app.mandated(p_person, 'apply'))
    union select region from party where institution = any (app.mandated(p_person, 'confirm')) and removed_at is null
$$;

-- Whether a person applies: the lead applicant, or who has a mandate to apply for the school or board that the proposal comes from.
create function app.applies(p proposal, p_actor uuid) returns boolean language sql stable as $$
  select p.lead_applicant = p_actor or coalesce(p.lead_institution = any (app.mandated(p_actor, 'apply')), false)
$$;

-- Roles towards one proposal. Who applies has that role alone. A declared interest, and a mandate of a school or board that takes part, take away
-- every other role: no access to the file (Awb 2:4).
create or replace function app.proposal_roles(p proposal, p_actor uuid) returns jsonb language sql stable as $$
  select case when app.applies(p, p_actor) then '["lead-applicant"]'::jsonb
    when exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = p_actor)
      or p.id = any (app.bound_proposals(p_actor)) then '[]'::jsonb
    else app.staff_roles(p.region, p_actor) || case when exists (
      select 1 from seat s where s.call_id = p.call_id and s.person_id = p_actor and s.ended_at is null)
      then '["member"]'::jsonb else '[]'::jsonb end end
$$;

-- One part as its link or a mandate opens it: that part, and for which proposal it is asked. The payee sees the account that it is about.
create function app.opened_part(t party) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text, part jsonb,
  title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable as $$
  select t.id, t.region, t.state, t.organisation, t.contact_name, t.role, t.part, p.title, p.organisation,
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en), jsonb_build_object('nl', g.name_nl, 'en', g.name_en), t.language,
    case when t.role = 'payee' then p.content -> 'payee' end, t.revision
  from proposal p join call c on c.id = p.call_id join region g on g.code = t.region where p.id = t.proposal_id
$$;
drop function app.open_part;
create function app.open_part(p_hash text) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text, part jsonb,
  title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.* from party t cross join app.opened_part(t) o where t.token_hash = p_hash and t.removed_at is null and t.expires_at > app_now()
$$;
create function app.open_part_by_mandate(p_id uuid, p_actor uuid) returns table (id uuid, region text, state text, organisation text,
  "contactName" text, role text, part jsonb, title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.* from party t cross join app.opened_part(t) o
    where t.id = p_id and t.removed_at is null and t.state <> 'listed' and t.institution = any (app.mandated(p_actor, 'confirm'))
$$;

-- Contacts confirm that they want copies; whether one did is nothing that a proposal waits for.
create or replace function app.open_proposal_and_parties(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb
language plpgsql as $$
declare
  opened jsonb := app.open_proposal(p_id, p_actor, p_locks, p_received);
  more jsonb;
begin
  if opened is null then return null; end if;
  opened := (select opened || jsonb_build_object(
      'facts', opened -> 'facts' || jsonb_build_object('parties',
        jsonb_build_object('open', count(*) filter (where t.state <> 'confirmed' and t.role <> 'contact'))),
      'context', opened -> 'context' || jsonb_build_object(
        'isPerson', coalesce((select p.content #>> '{lead,kind}' = 'PERSON' from proposal p where p.id = p_id), false),
        'contacts', coalesce(jsonb_agg(jsonb_build_object('key', t.id, 'name', t.contact_name, 'address', t.email, 'language', t.language)
          order by t.id) filter (where t.state = 'confirmed' and t.role = 'contact'), '[]')))
    from party t where t.proposal_id = p_id and t.removed_at is null);
  if (opened #>> '{facts,call,announcesEach}')::boolean is not true then return opened; end if;
  more := app.arrival_facts(p_id);
  opened := jsonb_set(opened, '{facts,arrival}', more -> 'arrival');
  opened := jsonb_set(opened, '{facts,reviews,differ}', more -> 'differ');
  return jsonb_set(opened, '{facts,decision,ground}', coalesce(nullif(more -> 'ground', 'null'), '""'));
end $$;
revoke all on function app.mandated, app.bound_proposals, app.signs_for, app.region_of_board, app.regions_of_mandates,
  app.region_of_mandate, app.open_part, app.open_part_by_mandate from public;
grant execute on function app.mandated, app.bound_proposals, app.signs_for, app.region_of_board, app.regions_of_mandates,
  app.region_of_mandate to regioloket_app, regioloket_worker;
grant execute on function app.open_part, app.open_part_by_mandate to regioloket_app;
