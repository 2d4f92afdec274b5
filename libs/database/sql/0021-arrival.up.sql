-- Money in order of arrival (Awb 4:26; Kaderregeling subsidies OCW, SZW en VWS 2.2): an application counts from the day on which it is
-- complete, each decision is announced by itself, and who arrived on one and the same day at the ceiling draws lots.
alter table proposal add column arrived_at timestamptz;
-- Whether the closed reviews reach the threshold.
alter table proposal add column passes boolean;
alter table proposal add constraint judged_has_arrived check (workflow <> 'proposal-arrival'
  or phase in ('preparing', 'submitted', 'screening', 'decided', 'ended') or arrived_at is not null);
create index proposal_arrival on proposal (call_id, arrived_at) where arrived_at is not null;

-- Those of one day are equals.
create function app.arrival_day(at timestamptz) returns date language sql immutable parallel safe as
  $$ select (at at time zone 'Europe/Amsterdam')::date $$;

-- A row without a decision announces every decision of its call; one with a decision announces that one alone.
alter table announcement drop constraint announcement_pkey;
alter table announcement add column id uuid primary key default gen_random_uuid();
alter table announcement add column decision_id uuid unique references decision (id);
create unique index announcement_of_call on announcement (call_id) where decision_id is null;

-- How the decision in force on a proposal was announced: by itself, or with its call. No row: not yet.
create function app.announcement_of(p_proposal uuid) returns setof announcement language sql stable as $$
  select a.* from decision d join announcement a on a.call_id = d.call_id and coalesce(a.decision_id, d.id) = d.id
  where d.proposal_id = p_proposal and d.undone_at is null order by a.decision_id nulls last limit 1
$$;

-- Lots among the arrivals of one day. The commitment binds the secret before the public value exists: SHA-256(secret), hex. Then
-- seed = secret:public value, and the order follows from it (contract `draw`), so that anybody can recompute it.
create table lots_draw (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  arrival_day date not null,
  -- numbers of the proposals that take part, fixed with the commitment
  participants text[] not null check (cardinality(participants) >= 2),
  commitment text not null check (length(commitment) = 64),
  secret text not null,
  public_source text not null,
  public_at timestamptz not null,
  committed_by uuid not null,
  committed_at timestamptz not null,
  public_value text,
  seed text,
  seed_commitment text check (length(seed_commitment) = 64),
  drawn_by uuid,
  drawn_at timestamptz,
  unique (call_id, arrival_day),
  constraint another_person_draws check (drawn_by <> committed_by),
  constraint drawn_after_the_value check (drawn_at >= public_at),
  constraint drawn_is_whole check (num_nulls(public_value, seed, seed_commitment, drawn_by, drawn_at) in (0, 5))
);
call app.protect('lots_draw', 'select, insert, update');
create unique index lots_draw_one_open on lots_draw (call_id) where drawn_at is null;

create table lots_entry (
  draw_id uuid not null references lots_draw (id),
  region text not null references region (code),
  proposal_id uuid primary key references proposal (id),
  place integer not null check (place > 0),
  ticket text not null check (length(ticket) = 64),
  unique (draw_id, place)
);
call app.protect('lots_entry', 'select, insert');

create function app.in_order_of_arrival(c call) returns boolean language sql immutable parallel safe as
  $$ select coalesce(c.parameters ->> 'way', 'tender') = 'order-of-arrival' $$;

create or replace function app.call_facts(c call) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'opensAt', app.iso(c.opens_at),
    'closesAt', app.iso(least(c.closes_at, c.closed_at)),
    'endsAt', app.iso(app.call_ends_at(c)),
    'draftsExpireAt', app.iso(app.call_ends_at(c) + interval '1 minute'),
    'announced', c.announced_at is not null,
    'announcesEach', app.in_order_of_arrival(c),
    'preparedBy', c.prepared_by,
    'reviewsPerProposal', (c.parameters ->> 'reviewsPerProposal')::int,
    'reviewTerm', c.parameters ->> 'reviewTerm')
$$;

-- What a proposal can claim of the money: what the committee advised, else what was asked for.
create function app.claim_of(p proposal) returns bigint language sql stable as $$
  select coalesce((select v.amount_cents from advice v where v.proposal_id = p.id order by v.given_at desc limit 1),
    (p.content #>> '{budget,requestedCents}')::bigint, 0)
$$;

-- Whether the totals of the reviews that are in lie so far apart that the rubric asks for one more.
create function app.reviews_differ(p proposal, rubric jsonb) returns boolean language sql stable as $$
  select coalesce(max(t.total) - min(t.total) >= (rubric #>> '{extraReview,whenTotalsDifferBy}')::numeric, false) from (
    select case when rubric ->> 'total' = 'sum' then sum(s.score)
        else sum(s.score * (k ->> 'weight')::numeric) / sum((k ->> 'weight')::numeric) end as total
      from review r join review_score s on s.review_id = r.id join jsonb_array_elements(rubric -> 'criteria') k on k ->> 'key' = s.criterion
      where r.proposal_id = p.id and r.phase = 'submitted' group by r.id) t
$$;

-- Who stands before this proposal, and who beside it: undecided, complete on an earlier day, or on the same day and drawn before it; on the
-- same day without lots nobody comes first.
create function app.arrival_facts(p_id uuid) returns jsonb language sql stable as $$
  with me as (
    select p.*, app.arrival_day(p.arrived_at) as day, l.place, app.claim_of(p) as claim, app.reviews_differ(p, c.parameters -> 'rubric') as differ
      from proposal p join call c on c.id = p.call_id left join lots_entry l on l.proposal_id = p.id where p.id = p_id),
  others as (
    select app.claim_of(o) as cents, case when app.arrival_day(o.arrived_at) < me.day or k.place < me.place then 'before'
        when me.place is null or k.place is null then 'beside' end as stands
      from me join proposal o on o.call_id = me.call_id and o.id <> me.id and o.arrived_at is not null
        and o.phase in ('submitted', 'screening', 'in-review', 'ranked', 'advised') and app.arrival_day(o.arrived_at) <= me.day
      left join lots_entry k on k.proposal_id = o.id)
  select jsonb_build_object(
    'arrival', (select jsonb_build_object('waitingBefore', count(*) filter (where stands = 'before'),
      'claimedBeforeCents', coalesce(sum(cents) filter (where stands = 'before'), 0), 'beside', count(*) filter (where stands = 'beside'),
      'claimedBesideCents', coalesce(sum(cents) filter (where stands = 'beside'), 0)) from others)
      || jsonb_build_object('claimCents', me.claim, 'passes', me.passes),
    'differ', me.differ,
    'ground', (select d.ground from decision_draft d where d.proposal_id = me.id))
  from me
$$;

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

create or replace function app.open_call(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
begin
  if p_locks is not null then
    perform 1 from call where id = p_id for update;
    if 'seat' = any (p_locks) then perform 1 from seat where call_id = p_id order by id for share; end if;
  end if;
  return (select jsonb_build_object('region', c.region, 'state', c.state, 'phase', c.phase, 'version', c.version,
    'workflow', c.workflow, 'rulesHash', c.rules_hash, 'roles', app.staff_roles(c.region, p_actor),
    'facts', jsonb_build_object(
      'call', app.call_facts(c) || jsonb_build_object('ranked', exists (select 1 from ranking r where r.call_id = c.id)),
      'committee', jsonb_build_object('complete', not exists (
        select 1 from jsonb_each_text(c.parameters -> 'seats') needed
        where (select count(*) from seat s where s.call_id = c.id and s.kind = needed.key and s.ended_at is null) < needed.value::int)),
      'proposals', (select jsonb_build_object(
          'undecided', count(*) filter (where p.phase in ('submitted', 'screening', 'in-review', 'ranked', 'advised')),
          'inReview', count(*) filter (where p.phase = 'in-review')) from proposal p where p.call_id = c.id),
      'lots', coalesce((select jsonb_build_object('open', true, 'committedBy', l.committed_by, 'publicAt', app.iso(l.public_at))
        from lots_draw l where l.call_id = c.id and l.drawn_at is null), '{"open": false}')),
    'context', jsonb_build_object('regulation', c.regulation_id, 'regime', c.parameters ->> 'regime', 'inOrderOfArrival', app.in_order_of_arrival(c),
      'closesOn', app.iso(c.closes_at), 'ceilingCents', c.parameters -> 'ceilingCents'))
    from call c where c.id = p_id);
end $$;
