-- What a regulation says of its committee is applied: how far an interest reaches (`interestScope`), and how many members of each kind
-- must be left to advise (`quorum.ofEachKind`).

-- Calls of before keep what they ran on, unless nothing of them was judged yet: those take the scope of the rules they were published with.
update call c set parameters = c.parameters || jsonb_build_object('interestScope', f.content #> '{regulation,committee,interestScope}')
  from frozen_pack f where f.hash = c.rules_hash and c.phase in ('preparing', 'submitted') and f.content #> '{regulation,committee,interestScope}' is not null;

-- How far an interest reaches now: its own case; the ranking that holds it; the whole call. Further than the case it keeps away only who sits
-- on the committee or chairs it, and only while that proposal takes part: what was withdrawn or refused on intake is compared with nothing.
create function app.interest_reach(i interest) returns text language sql stable as $$
  select case when c.parameters ->> 'interestScope' in ('ranking', 'call')
      and held.phase not in ('preparing', 'ended') and (held.phase <> 'decided' or held.advised_at is not null)
      and (app.staff_roles(i.region, i.person_id) ? 'chair'
        or exists (select 1 from seat s where s.call_id = i.call_id and s.person_id = i.person_id and s.ended_at is null))
    then c.parameters ->> 'interestScope' else 'case' end
  from proposal held join call c on c.id = held.call_id where held.id = i.proposal_id
$$;

-- Whether an interest of that reach in another proposal of the call touches this one: in a ranking from the moment its reviews are closed.
create function app.is_reached(p proposal, p_reach text) returns boolean language sql immutable as $$
  select p_reach = 'call' or p_reach = 'ranking' and p.phase in ('ranked', 'advised', 'decided')
$$;

-- Proposals from which declared interests keep a person away (Awb 2:4), in the regions of the transaction.
create function app.barred_proposals(p_person uuid) returns uuid[] language sql stable as $$
  with own as materialized (select i.proposal_id, i.call_id, app.interest_reach(i) as reach from interest i where i.person_id = p_person)
  select array(select proposal_id from own
    union select p.id from own join proposal p on p.call_id = own.call_id where own.reach <> 'case' and app.is_reached(p, own.reach))
$$;

-- Seats of the members who may judge a proposal: kept away by no interest, and not on the applicant's side. By the owner, because mandates are
-- not the reader's to see; one look tells most committees that no member has any.
create function app.unconflicted_seats(p proposal) returns setof seat
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  has_mandates boolean := exists (select 1 from seat s join person h on h.id = s.person_id join mandate m on m.holder = h.email and m.ended_at is null
    where s.call_id = p.call_id);
begin
  return query select s.* from seat s where s.call_id = p.call_id and s.ended_at is null and s.person_id <> p.lead_applicant
    and not exists (select 1 from interest i where i.call_id = p.call_id and i.person_id = s.person_id
      and (i.proposal_id = p.id or app.is_reached(p, app.interest_reach(i))))
    and not (has_mandates and p.id = any (app.bound_proposals(s.person_id)));
end $$;
revoke all on function app.unconflicted_seats from public;
grant execute on function app.unconflicted_seats to regioloket_app, regioloket_worker;

create or replace function app.unconflicted_members(p proposal) returns bigint
language sql stable as $$ select count(*) from app.unconflicted_seats(p) $$;

-- As in 0025, and an interest reaches as far as the regulation says.
create or replace function app.proposal_roles(p proposal, p_actor uuid) returns jsonb language sql stable as $$
  select case when app.applies(p, p_actor) then '["lead-applicant"]'::jsonb
    when p.id = any (app.barred_proposals(p_actor)) or p.id = any (app.bound_proposals(p_actor)) then '[]'::jsonb
    else app.staff_roles(p.region, p_actor) || case when exists (
      select 1 from seat s where s.call_id = p.call_id and s.person_id = p_actor and s.ended_at is null)
      then '["member"]'::jsonb else '[]'::jsonb end end
$$;

create or replace function app.review_roles(r review, p_actor uuid) returns jsonb language sql stable as $$
  select case when r.proposal_id = any (app.bound_proposals(p_actor)) then '[]'::jsonb
    else case when r.reviewer_id = p_actor then '["assigned-reviewer"]'::jsonb else '[]'::jsonb end ||
      case when r.proposal_id = any (app.barred_proposals(p_actor)) then '[]'::jsonb
      else app.staff_roles(r.region, p_actor) end end
$$;

create or replace function app.refuse_conflicted_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.phase in ('preparing', 'in-review', 'submitted') and exists (select 1 from proposal p where p.id = new.proposal_id
     and (p.lead_applicant = new.reviewer_id or exists (select 1 from interest i where i.call_id = p.call_id and i.person_id = new.reviewer_id
       and (i.proposal_id = p.id or app.is_reached(p, app.interest_reach(i)))))) then
    raise exception 'reviewer has an interest in this proposal' using errcode = '23514', constraint = 'reviewer_without_interest';
  end if;
  return new;
end $$;

create or replace function app.open_review(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare it review;
begin
  if p_locks is not null then
    select * into it from review where id = p_id;
    perform 1 from call where id = it.call_id for share;
    perform 1 from seat where call_id = it.call_id and person_id = it.reviewer_id for share;
    perform 1 from proposal where id = it.proposal_id for share;
    perform 1 from review where id = p_id for update;
  end if;
  return (select jsonb_build_object('region', r.region, 'state', r.state, 'phase', r.phase, 'version', r.version,
    'workflow', r.workflow, 'rulesHash', c.rules_hash,
    'roles', app.review_roles(r, p_actor),
    'facts', jsonb_build_object(
      'review', jsonb_build_object('complete', not exists (
        select 1 from jsonb_array_elements(c.parameters #> '{rubric,criteria}') needed where not exists (
          select 1 from review_score s where s.review_id = r.id and s.criterion = needed ->> 'key' and s.score is not null and s.reason <> ''))),
      'proposal', jsonb_build_object('inReview', p.phase = 'in-review'),
      'reviewer', jsonb_build_object('hasInterest', p.id = any (app.barred_proposals(r.reviewer_id))),
      'call', app.call_facts(c)),
    'context', jsonb_build_object('call', c.id, 'proposal', p.id, 'reviewer', r.reviewer_id))
    from review r join proposal p on p.id = r.proposal_id join call c on c.id = r.call_id where r.id = p_id);
end $$;

-- What a member was asked for elsewhere in the call ends with an interest that reaches the whole of it, also what was handed in, as long as that
-- proposal is under review; the review of the proposal itself is recused by its own move.
create function app.release_reached_reviews() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app.interest_reach(new) <> 'call' then return null; end if;
  insert into command (region, asked_by, subject_kind, subject_id, action)
    select r.region, new.id, 'review', r.id, 'release' from review r join proposal p on p.id = r.proposal_id and p.phase in ('screening', 'in-review')
    where r.call_id = new.call_id and r.reviewer_id = new.person_id and r.proposal_id <> new.proposal_id and r.phase <> 'ended';
  return null;
end $$;
create trigger interest_releases_reviews after insert on interest for each row execute function app.release_reached_reviews();

-- As in 0025, and how many of each kind of seat may judge.
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
  if opened ->> 'phase' = 'ranked' then
    opened := jsonb_set(opened, '{facts,committee}', opened #> '{facts,committee}' || (
      select jsonb_build_object('quorumOfEachKind', (c.parameters ->> 'quorumOfEachKind')::int,
          'experts', count(s.id) filter (where s.kind = 'expert'), 'fieldMembers', count(s.id) filter (where s.kind = 'field'))
        from proposal p join call c on c.id = p.call_id left join lateral app.unconflicted_seats(p) s on true where p.id = p_id group by c.id));
  end if;
  if (opened #>> '{facts,call,announcesEach}')::boolean is not true then return opened; end if;
  more := app.arrival_facts(p_id);
  opened := jsonb_set(opened, '{facts,arrival}', more -> 'arrival');
  opened := jsonb_set(opened, '{facts,reviews,differ}', more -> 'differ');
  return jsonb_set(opened, '{facts,decision,ground}', coalesce(nullif(more -> 'ground', 'null'), '""'));
end $$;
