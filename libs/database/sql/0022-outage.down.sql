-- Calls opened as before, without outages.
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
drop function app.outages_before;
drop table call_extension, outage;
