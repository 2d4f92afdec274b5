-- That an applicant asked to have a decision explained, and the explanation. It is no objection and touches no term (Awb 6:7).
create table explanation_request (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  decision_id uuid not null references decision (id),
  asked_by uuid not null references person (id),
  asked_at timestamptz not null,
  way text not null check (way in ('oral', 'written')),
  words text not null check (length(words) between 1 and 5000),
  phone text not null default '' check (length(phone) <= 40),
  -- when it suits the applicant to be called, in own words
  times text not null default '' check (length(times) <= 300),
  answer text check (length(answer) between 1 and 20000),
  answered_by uuid references person (id),
  answered_at timestamptz,
  constraint answered_whole check ((answer is null) = (answered_at is null) and (answered_at is null) = (answered_by is null)),
  constraint oral_has_a_number check (way = 'written' or phone <> '')
);
call app.protect('explanation_request', 'select, insert, update');
create unique index explanation_one_open on explanation_request (decision_id) where answered_at is null;
create index explanation_proposal on explanation_request (proposal_id, asked_at);

-- Parts that somebody with this person's mail address was asked to confirm. The link to a part is in the mail alone, so nothing more is told.
create function app.parts_asked_of(p_person uuid) returns table (id uuid, region text, title text, organisation text, "askedAt" timestamptz, "expiresAt" timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.region, p.title, t.organisation, t.asked_at, t.expires_at
  from party t join proposal p on p.id = t.proposal_id join person o on o.email = t.email
  where o.id = p_person and t.state = 'asked' and t.removed_at is null and t.expires_at > app_now() order by t.expires_at limit 50
$$;
revoke all on function app.parts_asked_of from public;
grant execute on function app.parts_asked_of to regioloket_app;
create index party_asked on party (email) where state = 'asked' and removed_at is null;
