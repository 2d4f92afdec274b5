-- Whether a proposal that ranks no higher gets money: chosen among equals, put first by the committee, or small enough where the line skips. The
-- letter must not say then that all money went to those that rank higher.
create function app.was_passed(e ranking_entry) returns boolean language sql stable as $$
  select exists (select 1 from ranking_entry o join proposal q on q.id = o.proposal_id
    where o.ranking_id = e.ranking_id and o.position >= e.position and o.proposal_id <> e.proposal_id and q.phase <> 'ended'
      and coalesce(q.outcome = 'granted', (select d.outcome = 'grant' from decision_draft d where d.proposal_id = q.id),
        (select v.outcome = 'grant' from advice v where v.proposal_id = q.id order by v.given_at desc limit 1), false))
$$;
