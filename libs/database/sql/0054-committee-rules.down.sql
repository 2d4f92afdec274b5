drop trigger interest_releases_reviews on interest;
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
      'reviewer', jsonb_build_object('hasInterest', exists (
        select 1 from interest i where i.proposal_id = p.id and i.person_id = r.reviewer_id)),
      'call', app.call_facts(c)),
    'context', jsonb_build_object('call', c.id, 'proposal', p.id, 'reviewer', r.reviewer_id))
    from review r join proposal p on p.id = r.proposal_id join call c on c.id = r.call_id where r.id = p_id);
end $$;
create or replace function app.refuse_conflicted_review() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.phase in ('preparing', 'in-review', 'submitted')
     and (exists (select 1 from interest i where i.proposal_id = new.proposal_id and i.person_id = new.reviewer_id)
       or exists (select 1 from proposal p where p.id = new.proposal_id and p.lead_applicant = new.reviewer_id)) then
    raise exception 'reviewer has an interest in this proposal' using errcode = '23514', constraint = 'reviewer_without_interest';
  end if;
  return new;
end $$;
create or replace function app.review_roles(r review, p_actor uuid) returns jsonb language sql stable as $$
  select case when r.proposal_id = any (app.bound_proposals(p_actor)) then '[]'::jsonb
    else case when r.reviewer_id = p_actor then '["assigned-reviewer"]'::jsonb else '[]'::jsonb end ||
      case when exists (select 1 from interest i where i.proposal_id = r.proposal_id and i.person_id = p_actor) then '[]'::jsonb
      else app.staff_roles(r.region, p_actor) end end
$$;
create or replace function app.proposal_roles(p proposal, p_actor uuid) returns jsonb language sql stable as $$
  select case when app.applies(p, p_actor) then '["lead-applicant"]'::jsonb
    when exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = p_actor)
      or p.id = any (app.bound_proposals(p_actor)) then '[]'::jsonb
    else app.staff_roles(p.region, p_actor) || case when exists (
      select 1 from seat s where s.call_id = p.call_id and s.person_id = p_actor and s.ended_at is null)
      then '["member"]'::jsonb else '[]'::jsonb end end
$$;
create or replace function app.unconflicted_members(p proposal) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  members uuid[] := array(select s.person_id from seat s where s.call_id = p.call_id and s.ended_at is null and s.person_id <> p.lead_applicant
    and not exists (select 1 from interest i where i.proposal_id = p.id and i.person_id = s.person_id));
begin
  if not exists (select 1 from person h join mandate m on m.holder = h.email and m.ended_at is null where h.id = any (members)) then
    return cardinality(members);
  end if;
  return (select count(*) from unnest(members) m where not p.id = any (app.bound_proposals(m)));
end $$;
revoke all on function app.unconflicted_members from public;
grant execute on function app.unconflicted_members to regioloket_app, regioloket_worker;
drop function app.release_reached_reviews, app.unconflicted_seats, app.barred_proposals, app.is_reached, app.interest_reach;
update call set parameters = parameters - 'interestScope' - 'quorumOfEachKind';
