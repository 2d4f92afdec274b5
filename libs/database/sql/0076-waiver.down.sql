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

create or replace function app.counts_for_once(o proposal, p_counts text, p_viewer uuid) returns boolean language sql stable as $$
  select case
    when p_viewer is not null and not exists (select 1 from app.announcement_of(o.id)) then p_counts = 'proposals' and o.phase <> 'ended'
    when p_counts = 'awards' then coalesce(o.outcome = 'granted', false) and o.phase <> 'ended'
    else o.phase <> 'ended' and coalesce(o.ground, '') not in ('condition', 'late', 'incomplete') end
$$;

create or replace function app.was_passed(e ranking_entry) returns boolean language sql stable as $$
  select exists (select 1 from ranking_entry o join proposal q on q.id = o.proposal_id
    where o.ranking_id = e.ranking_id and o.position >= e.position and o.proposal_id <> e.proposal_id and q.phase <> 'ended'
      and coalesce(q.outcome = 'granted', (select d.outcome = 'grant' from decision_draft d where d.proposal_id = q.id),
        (select v.outcome = 'grant' from advice v where v.proposal_id = q.id order by v.given_at desc limit 1), false))
$$;

create or replace function app.reserve_facts(p proposal) returns jsonb language sql stable as $$
  select jsonb_build_object('place', d.reserve_place, 'ahead', (
    select count(*) from decision o join proposal w on w.id = o.proposal_id join call c on c.id = o.call_id join ceiling l on l.call_id = o.call_id
    where o.call_id = p.call_id and o.undone_at is null and o.reserve_place < d.reserve_place
      and (case when app.allows_partial_awards(c) then coalesce((w.content #>> '{budget,minimumCents}')::bigint, 1)
        else (w.content #>> '{budget,requestedCents}')::bigint end) <= l.total_cents - l.awarded_cents))
  from decision d where d.proposal_id = p.id and d.undone_at is null and d.reserve_place is not null
$$;

drop function app.can_be_waived;
alter table decision drop column waived_at, drop column waived_by;
