-- When the portal was out, and how the closing of a call moved because of it. Both stand for ever: who applied must be able to see them.
create table outage (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  note text not null default '' check (length(note) <= 1000),
  registered_by uuid not null,
  registered_at timestamptz not null default app_now(),
  constraint ends_after_it_starts check (ends_at > starts_at)
);
call app.protect('outage', 'select, insert');
create index outage_region on outage (region, starts_at);

create table call_extension (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  call_id uuid not null references call (id),
  transition_id uuid not null unique,
  from_closes_at timestamptz not null,
  to_closes_at timestamptz not null,
  reason text not null check (reason <> ''),
  extended_by uuid not null,
  extended_at timestamptz not null,
  constraint moves_on check (to_closes_at > from_closes_at)
);
call app.protect('call_extension', 'select, insert');
create index call_extension_call on call_extension (call_id, extended_at);

-- Outages that reached into the last hour before a closing.
create function app.outages_before(p_region text, p_closing timestamptz) returns setof outage language sql stable as $$
  select o.* from outage o where o.region = p_region and o.starts_at <= p_closing and o.ends_at > p_closing - interval '1 hour'
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
      'call', app.call_facts(c) || jsonb_build_object('ranked', exists (select 1 from ranking r where r.call_id = c.id),
        'outageAtClosing', exists (select 1 from app.outages_before(c.region, least(c.closes_at, c.closed_at)))),
      'committee', jsonb_build_object('complete', not exists (
        select 1 from jsonb_each_text(c.parameters -> 'seats') needed
        where (select count(*) from seat s where s.call_id = c.id and s.kind = needed.key and s.ended_at is null) < needed.value::int)),
      'proposals', (select jsonb_build_object(
          'undecided', count(*) filter (where p.phase in ('submitted', 'screening', 'in-review', 'ranked', 'advised')),
          'inReview', count(*) filter (where p.phase = 'in-review'),
          'reviewed', count(*) filter (where p.phase in ('ranked', 'advised') or p.phase = 'decided' and p.advised_at is not null))
        from proposal p where p.call_id = c.id),
      'lots', coalesce((select jsonb_build_object('open', true, 'committedBy', l.committed_by, 'publicAt', app.iso(l.public_at))
        from lots_draw l where l.call_id = c.id and l.drawn_at is null), '{"open": false}')),
    'context', jsonb_build_object('regulation', c.regulation_id, 'regime', c.parameters ->> 'regime', 'inOrderOfArrival', app.in_order_of_arrival(c),
      'closesOn', app.iso(c.closes_at), 'ceilingCents', c.parameters -> 'ceilingCents'))
    from call c where c.id = p_id);
end $$;
