-- Who decides hears of advice once a day for each call, so the outbox is asked what was told.
create index outbox_advice on outbox (recipient_key, created_at) where template = 'advice-given';

-- Whether another proposal of the same ranking has the same total: a letter must not say that the others rank higher.
create function app.shares_place(e ranking_entry) returns boolean language sql stable as $$
  select exists (select 1 from ranking_entry o where o.ranking_id = e.ranking_id and o.position = e.position and o.proposal_id <> e.proposal_id)
$$;
