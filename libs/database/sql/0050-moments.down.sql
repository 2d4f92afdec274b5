drop function app.told_due(term);
create function app.call_ends_at(c call) returns timestamptz language sql immutable parallel safe as
  $$ select least(c.closes_at + make_interval(mins => c.grace_minutes), c.closed_at) $$;
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
drop function app.moments_of(call);
drop type app.call_moments;
