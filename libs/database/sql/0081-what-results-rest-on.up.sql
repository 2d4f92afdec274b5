-- A result carries what it rests on: totals the reviews, a ranking the totals, an advice the totals and the ranking. When one of them moved, the result
-- says so and nothing is laid before anybody on it. After the announcement none of them moves.

-- The reviews that count for a proposal at this moment, with their scores, under one hash.
create function app.scores_hash(p_proposal uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(r.id || ':' || coalesce(s.scores, ''), ';' order by r.id), ''), 'UTF8')), 'hex')
  from review r left join lateral (
    select string_agg(v.criterion || '=' || coalesce(v.score::text, ''), ',' order by v.criterion) as scores
    from review_score v where v.review_id = r.id) s on true
  where r.proposal_id = p_proposal and r.phase = 'submitted'
$$;
alter table proposal add column scores_hash text;
comment on column proposal.scores_hash is 'Of the reviews that its totals were computed from.';
update proposal set scores_hash = app.scores_hash(id) where total_exact is not null;
alter table ranking_entry add column scores_hash text;

-- How often scores of a call moved: one row to ask instead of all its proposals.
create table scores_moved (
  call_id uuid primary key references call (id),
  region text not null references region (code),
  times bigint not null default 1
);
call app.protect('scores_moved');
create function app.count_moved_scores(p_call uuid) returns void language sql as $$
  insert into scores_moved (call_id, region) select c.id, c.region from call c where c.id = p_call
  on conflict (call_id) do update set times = scores_moved.times + 1
$$;
create function app.times_scores_moved(p_call uuid) returns bigint language sql stable as
  $$ select coalesce((select times from scores_moved where call_id = p_call), 0) $$;

-- What a ranking was made of, under one hash, and the count at that moment.
alter table ranking add column inputs_hash text not null default '';
alter table ranking add column scores_moved bigint not null default 0;
alter table advice add column scores_hash text;
alter table advice add column scores_moved bigint;
alter table advice add column ranking_id uuid references ranking (id);

-- Proposals of which a review moved since their totals were computed.
create table totals_outdated (
  proposal_id uuid primary key references proposal (id),
  region text not null references region (code)
);
call app.protect('totals_outdated');

create function app.note_moved_totals() returns trigger language plpgsql as $$
begin
  delete from totals_outdated where proposal_id = new.id;
  perform app.count_moved_scores(new.call_id);
  return null;
end $$;
-- Totals are computed anew, or a proposal that had them is reviewed again.
create trigger totals_moved after update on proposal for each row
  when (old.scores_hash is distinct from new.scores_hash or old.total_exact is distinct from new.total_exact
    or old.phase in ('ranked', 'advised') and new.phase = 'in-review' or old.phase = 'in-review' and new.phase = 'ranked')
  execute function app.note_moved_totals();
create function app.note_moved_review() returns trigger language plpgsql as $$
begin
  if exists (select 1 from proposal p where p.id = new.proposal_id and p.phase in ('ranked', 'advised', 'decided')) then
    insert into totals_outdated (proposal_id, region) values (new.proposal_id, new.region) on conflict do nothing;
    perform app.count_moved_scores(new.call_id);
  end if;
  return null;
end $$;
create trigger review_moved after update on review for each row
  when ((old.phase = 'submitted') <> (new.phase = 'submitted')) execute function app.note_moved_review();

-- Whether the newest ranking of a call still says what the scores say; true when there is none.
create function app.ranking_holds(p_call uuid) returns boolean language sql stable as $$
  select coalesce((select r.scores_moved = app.times_scores_moved(p_call) from ranking r where r.call_id = p_call order by r.made_at desc limit 1), true)
$$;
-- Whether two rankings give those who still take part the same totals: then an advice that rests on the one rests on the other.
create function app.ranks_alike(p_one uuid, p_other uuid) returns boolean language sql stable as $$
  select p_one is not distinct from p_other or not exists (
    select 1 from ranking_entry o join proposal q on q.id = o.proposal_id and q.phase <> 'ended'
      left join ranking_entry e on e.ranking_id = p_one and e.proposal_id = o.proposal_id
      where o.ranking_id = p_other
        and (e.proposal_id is null or e.scores_hash is distinct from o.scores_hash or e.meets_threshold is distinct from o.meets_threshold))
$$;
create function app.totals_hold(p_proposal uuid) returns boolean language sql stable as
  $$ select not exists (select 1 from totals_outdated where proposal_id = p_proposal) $$;
create function app.advice_still_rests(p proposal, v advice) returns boolean language sql stable as $$
  select app.totals_hold(p.id) and v.scores_hash is not distinct from p.scores_hash and (v.ranking_id is null or app.ranking_holds(p.call_id)
    and app.ranks_alike(v.ranking_id, (select r.id from ranking r where r.call_id = p.call_id order by r.made_at desc limit 1)))
$$;
-- Whether the newest advice on a proposal rests on what holds; true when there is none. Where no score of the call moved since, nothing else is looked at.
create function app.advice_holds(p proposal) returns boolean language sql stable as $$
  select coalesce((
    select v.scores_moved is null or v.scores_moved = app.times_scores_moved(p.call_id) or app.advice_still_rests(p, v)
    from advice v where v.proposal_id = p.id order by v.given_at desc limit 1), true)
$$;

-- Whether people were told the decision on a proposal: by itself, or with its call; also one that another decision replaced since.
create function app.is_told(p_proposal uuid) returns boolean language sql stable as $$
  select exists (select 1 from decision d join announcement a on a.call_id = d.call_id and coalesce(a.decision_id, d.id) = d.id
    where d.proposal_id = p_proposal)
$$;

-- What a told decision rests on stays as it is, whichever way somebody comes.
create function app.stays_once_told() returns trigger language plpgsql as $$
declare about uuid;
begin
  about := case tg_table_name when 'proposal' then (to_jsonb(new) ->> 'id')::uuid
    when 'review_score' then (select r.proposal_id from review r where r.id = (coalesce(to_jsonb(new), to_jsonb(old)) ->> 'review_id')::uuid)
    else (to_jsonb(new) ->> 'proposal_id')::uuid end;
  if app.is_told(about) then
    raise exception 'the decision was announced, so this % stays as it is', tg_table_name using errcode = 'RL002';
  end if;
  return coalesce(new, old);
end $$;
create trigger stays_once_told before update on review for each row
  when ((old.phase = 'submitted') <> (new.phase = 'submitted')) execute function app.stays_once_told();
create trigger stays_once_told before insert or update or delete on review_score for each row execute function app.stays_once_told();
create trigger stays_once_told before insert on advice for each row execute function app.stays_once_told();
create trigger stays_once_told before update on proposal for each row
  when (row(old.title, old.content, old.total_exact, old.criteria_exact, old.reviews_counted, old.scores_hash, old.received_at, old.arrived_at)
    is distinct from row(new.title, new.content, new.total_exact, new.criteria_exact, new.reviews_counted, new.scores_hash, new.received_at, new.arrived_at))
  execute function app.stays_once_told();
create trigger stays_once_told before update on decision for each row
  when (row(old.outcome, old.ground, old.amount_cents, old.reasons, old.deviation_reason, old.decided_by, old.decided_at, old.reserve_place)
    is distinct from row(new.outcome, new.ground, new.amount_cents, new.reasons, new.deviation_reason, new.decided_by, new.decided_at, new.reserve_place))
  execute function app.stays_once_told();
create function app.ranks_no_more_once_told() returns trigger language plpgsql as $$
begin
  if exists (select 1 from announcement a where a.call_id = new.call_id and a.decision_id is null) then
    raise exception 'the decisions of this call were announced, so its ranking stays as it is' using errcode = 'RL002';
  end if;
  return new;
end $$;
create trigger ranks_no_more_once_told before insert on ranking for each row execute function app.ranks_no_more_once_told();

-- As in 0080; interests reach as far as the regulation says (0054).
create or replace function app.advisers_of(p proposal) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(m.name order by s.is_chair desc, m.name), '[]') from app.unconflicted_seats(p) s join person m on m.id = s.person_id
$$;

-- Opening a subject, with what its results rest on.
create function app.open_proposal_and_rests(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare opened jsonb := app.open_proposal_and_parties(p_id, p_actor, p_locks, p_received);
begin
  if opened is null or opened ->> 'phase' not in ('ranked', 'advised', 'decided') then return opened; end if;
  -- as 0054 does it before the advice: an advice that is given again needs its quorum too
  if opened ->> 'phase' = 'advised' then
    opened := jsonb_set(opened, '{facts,committee}', opened #> '{facts,committee}' || (
      select jsonb_build_object('quorumOfEachKind', (c.parameters ->> 'quorumOfEachKind')::int,
          'experts', count(s.id) filter (where s.kind = 'expert'), 'fieldMembers', count(s.id) filter (where s.kind = 'field'))
        from proposal p join call c on c.id = p.call_id left join lateral app.unconflicted_seats(p) s on true where p.id = p_id group by c.id));
  end if;
  return (select opened || jsonb_build_object('facts', opened -> 'facts' || jsonb_build_object(
      'proposal', opened #> '{facts,proposal}' || jsonb_build_object('told', app.is_told(p.id)),
      'scores', jsonb_build_object('hold', app.totals_hold(p.id)),
      'ranking', jsonb_build_object('holds', app.ranking_holds(p.call_id)),
      'advice', jsonb_build_object('holds', app.advice_holds(p))))
    from proposal p where p.id = p_id);
end $$;
create function app.open_review_and_rests(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare opened jsonb := app.open_review(p_id, p_actor, p_locks, p_received);
begin
  if opened is null then return null; end if;
  return (select jsonb_set(opened, '{facts,proposal}', opened #> '{facts,proposal}' || jsonb_build_object(
      'ended', p.phase = 'ended', 'told', app.is_told(p.id)))
    from review r join proposal p on p.id = r.proposal_id where r.id = p_id);
end $$;
-- Decisions that wait for the announcement and rest on an advice that holds no more.
create function app.open_call_and_rests(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare opened jsonb := app.open_call(p_id, p_actor, p_locks, p_received);
begin
  if opened is null or opened ->> 'phase' <> 'in-review' then return opened; end if;
  return jsonb_set(opened, '{facts,proposals,outdated}', (select to_jsonb(count(*)) from proposal p
    where p.call_id = p_id and p.phase = 'decided' and p.advised_at is not null and not app.advice_holds(p)));
end $$;
