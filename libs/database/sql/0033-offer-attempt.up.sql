-- Offering help needs no account and mails whom it names, so it is counted like asking for a link: 5 per address in 15 minutes, 20 attempts
-- of any kind per network in a minute.
alter table sign_in_attempt drop constraint sign_in_attempt_kind_check;
alter table sign_in_attempt add constraint sign_in_attempt_kind_check check (kind in ('password', 'link', 'offer'));
create function app.begin_offer(given_email text, given_address inet) returns text
language sql security definer set search_path = public, pg_temp as $$ select app.count_attempt('offer', given_email, given_address) $$;
revoke all on function app.begin_offer from public;
grant execute on function app.begin_offer to regioloket_app;
