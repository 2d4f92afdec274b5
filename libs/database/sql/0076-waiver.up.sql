-- Waiving (afzien): who was granted money, or holds a place on the reserve list, gives that up after the announcement. The decision stays in
-- force and readable as it was announced; from this moment on it gives nothing any more.
alter table decision
  add column waived_at timestamptz,
  add column waived_by uuid references person (id),
  add constraint waived_by_somebody check ((waived_at is null) = (waived_by is null)),
  add constraint waived_is_never_undone check (waived_at is null or undone_at is null),
  add constraint waived_gave_something check (waived_at is null or outcome = 'granted' or reserve_place is not null);

-- Whether the decision in force was announced and still gives an award or a place on the reserve list.
create function app.can_be_waived(p_proposal uuid) returns boolean language sql stable as $$
  select exists (select 1 from decision d where d.proposal_id = p_proposal and d.undone_at is null and d.waived_at is null
    and (d.outcome = 'granted' or d.reserve_place is not null) and exists (select 1 from app.announcement_of(d.proposal_id)))
$$;

-- The place of a refused proposal on the reserve list, and how many before it still wait whose amount fits in what is left. Who waived the
-- place waits no more; places never change.
create or replace function app.reserve_facts(p proposal) returns jsonb language sql stable as $$
  select jsonb_build_object('place', d.reserve_place, 'ahead', (
    select count(*) from decision o join proposal w on w.id = o.proposal_id join call c on c.id = o.call_id join ceiling l on l.call_id = o.call_id
    where o.call_id = p.call_id and o.undone_at is null and o.waived_at is null and o.reserve_place < d.reserve_place
      and (case when app.allows_partial_awards(c) then coalesce((w.content #>> '{budget,minimumCents}')::bigint, 1)
        else (w.content #>> '{budget,requestedCents}')::bigint end) <= l.total_cents - l.awarded_cents))
  from decision d where d.proposal_id = p.id and d.undone_at is null and d.waived_at is null and d.reserve_place is not null
$$;

-- Whether a proposal that ranks no higher got money: what was announced of others does not change when one of them waives it.
create or replace function app.was_passed(e ranking_entry) returns boolean language sql stable as $$
  select exists (select 1 from ranking_entry o join proposal q on q.id = o.proposal_id
    where o.ranking_id = e.ranking_id and o.position >= e.position and o.proposal_id <> e.proposal_id
      and (q.phase <> 'ended' or q.outcome is not distinct from 'granted')
      and coalesce(q.outcome = 'granted', (select d.outcome = 'grant' from decision_draft d where d.proposal_id = q.id),
        (select v.outcome = 'grant' from advice v where v.proposal_id = q.id order by v.given_at desc limit 1), false))
$$;

-- What counts of another proposal: that it was granted and not waived, or that it is on its way or was judged on its merits. To the applicant
-- (p_viewer) a decision counts from its announcement.
create or replace function app.counts_for_once(o proposal, p_counts text, p_viewer uuid) returns boolean language sql stable as $$
  select case
    when p_viewer is not null and not exists (select 1 from app.announcement_of(o.id)) then p_counts = 'proposals' and o.phase <> 'ended'
    when p_counts = 'awards' then coalesce(o.outcome = 'granted', false) and o.phase <> 'ended'
    else (o.phase <> 'ended' or coalesce(o.outcome, '') in ('granted', 'refused')) and coalesce(o.ground, '') not in ('condition', 'late', 'incomplete') end
$$;

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
  opened := jsonb_set(opened, '{facts,decision,canBeWaived}', to_jsonb(opened ->> 'phase' = 'decided' and app.can_be_waived(p_id)));
  if (opened #>> '{facts,call,announcesEach}')::boolean is not true then return opened; end if;
  more := app.arrival_facts(p_id);
  opened := jsonb_set(opened, '{facts,arrival}', more -> 'arrival');
  opened := jsonb_set(opened, '{facts,reviews,differ}', more -> 'differ');
  return jsonb_set(opened, '{facts,decision,ground}', coalesce(nullif(more -> 'ground', 'null'), '""'));
end $$;

-- Until now withdrawing after the announcement took the decision away. What was announced, and not replaced by a promotion, is in force again: an
-- award or a reserve place as waived on the day of the withdrawal.
with gone as (
  select distinct on (d.proposal_id) d.id, d.proposal_id, d.undone_at, x.actor from decision d
    join proposal p on p.id = d.proposal_id and p.phase = 'ended'
    join transition x on x.subject_id = p.id and x.version = p.version and x.action = 'withdraw' and x.from_phase = 'decided'
  where d.undone_at is not null and exists (select 1 from announcement a where a.call_id = d.call_id and coalesce(a.decision_id, d.id) = d.id
      and a.announced_at <= d.undone_at)
    and not exists (select 1 from decision n where n.proposal_id = d.proposal_id and n.undone_at is null)
  order by d.proposal_id, d.undone_at desc),
back as (
  update decision d set undone_at = null, waived_at = case when d.outcome = 'granted' or d.reserve_place is not null then gone.undone_at end,
      waived_by = case when d.outcome = 'granted' or d.reserve_place is not null then gone.actor end
    from gone where d.id = gone.id returning d.proposal_id, d.decided_by, d.decided_at, d.outcome, d.ground, d.amount_cents)
update proposal p set decided_by = b.decided_by, decided_at = b.decided_at, outcome = b.outcome, ground = b.ground, amount_cents = b.amount_cents
  from back b where p.id = b.proposal_id;
