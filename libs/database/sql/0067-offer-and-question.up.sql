-- What the initiator asks the desk when an answer was not enough; the last one.
alter table initiative add column question text check (length(question) between 1 and 5000);
-- Where help is given: a place in own words.
alter table help_offer add column place text not null default '' check (length(place) <= 100);

-- An offer as the holder of its mailed link sees it.
create function app.offer_by_link(p_hash text) returns table (organisation text, title text, confirmed boolean, withdrawn boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.organisation, i.title, o.confirmed_at is not null, o.withdrawn_at is not null
  from help_offer o left join initiative i on i.id = o.initiative_id where o.token_hash = p_hash
$$;
-- Taken back by the same link, however often it is pressed. Who was brought in contact already stays known to the other.
create function app.withdraw_offer(p_hash text) returns table (id uuid, region text)
language sql security definer set search_path = public, pg_temp as $$
  update help_offer set withdrawn_at = coalesce(withdrawn_at, app_now()) where token_hash = p_hash returning help_offer.id, help_offer.region
$$;
revoke all on function app.offer_by_link, app.withdraw_offer from public;
grant execute on function app.offer_by_link, app.withdraw_offer to regioloket_app;
