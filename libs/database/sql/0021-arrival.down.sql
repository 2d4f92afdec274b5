-- What was there before: calls and proposals opened without an order of arrival.
create or replace function app.call_facts(c call) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'opensAt', app.iso(c.opens_at),
    'closesAt', app.iso(least(c.closes_at, c.closed_at)),
    'endsAt', app.iso(app.call_ends_at(c)),
    'draftsExpireAt', app.iso(app.call_ends_at(c) + interval '1 minute'),
    'announced', c.announced_at is not null,
    'preparedBy', c.prepared_by,
    'reviewsPerProposal', (c.parameters ->> 'reviewsPerProposal')::int,
    'reviewTerm', c.parameters ->> 'reviewTerm')
$$;
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
          'inReview', count(*) filter (where p.phase = 'in-review')) from proposal p where p.call_id = c.id)),
    'context', jsonb_build_object('regulation', c.regulation_id, 'regime', c.parameters ->> 'regime',
      'closesOn', app.iso(c.closes_at), 'ceilingCents', c.parameters -> 'ceilingCents'))
    from call c where c.id = p_id);
end $$;
create or replace function app.open_proposal_and_parties(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare opened jsonb := app.open_proposal(p_id, p_actor, p_locks, p_received);
begin
  return jsonb_set(opened, '{facts,parties}', (select jsonb_build_object('open', count(*) filter (where t.state <> 'confirmed'))
    from party t where t.proposal_id = p_id and t.removed_at is null));
end $$;
drop function app.arrival_facts, app.reviews_differ, app.claim_of, app.in_order_of_arrival, app.announcement_of;
drop table lots_entry, lots_draw;
drop index announcement_of_call;
delete from announcement where decision_id is not null;
alter table announcement drop column decision_id, drop column id;
alter table announcement add primary key (call_id);
drop index proposal_arrival;
drop function app.arrival_day;
alter table proposal drop constraint judged_has_arrived;
alter table proposal drop column arrived_at, drop column passes;
