-- The moments of a call, computed here alone. What anybody is told stands in closes_at; what is taken in is judged by ends_at, which holds the
-- hidden grace and is told to nobody.
create type app.call_moments as (
  opens_at timestamptz,
  -- as pages, mails, calendar and API say it: the closing that was announced, or the moment at which the call was closed early
  closes_at timestamptz,
  -- the first moment at which something comes too late: the closing with its grace; a call that is closed early has none
  ends_at timestamptz,
  -- a submission that waits for a connection is older than this minute
  drafts_expire_at timestamptz,
  -- the closing that had been announced, when the call was closed before it
  planned_at timestamptz
);

create function app.moments_of(c call) returns app.call_moments language sql immutable parallel safe as $$
  select row(c.opens_at, least(c.closes_at, c.closed_at),
    least(c.closes_at + make_interval(mins => c.grace_minutes), c.closed_at),
    least(c.closes_at + make_interval(mins => c.grace_minutes), c.closed_at) + interval '1 minute',
    case when c.closed_at < c.closes_at then c.closes_at end)::app.call_moments
$$;

create or replace function app.call_facts(c call) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'opensAt', app.iso(m.opens_at),
    'closesAt', app.iso(m.closes_at),
    'endsAt', app.iso(m.ends_at),
    'draftsExpireAt', app.iso(m.drafts_expire_at),
    'announced', c.announced_at is not null,
    'announcesEach', app.in_order_of_arrival(c),
    'preparedBy', c.prepared_by,
    'reviewsPerProposal', (c.parameters ->> 'reviewsPerProposal')::int,
    'reviewTerm', c.parameters ->> 'reviewTerm')
  from app.moments_of(c) m
$$;
drop function app.call_ends_at(call);

-- Until when somebody is told to have time: a term that hangs on a moment of its call (it has no length) ends for its reader with the closing.
create function app.told_due(t term) returns timestamptz language sql stable as $$
  select case when t.period <> 'P0D' then t.due_at else least(t.due_at, (select (app.moments_of(c)).closes_at from call c
    where c.id = coalesce((select p.call_id from proposal p where p.id = t.subject_id), t.subject_id))) end
$$;
