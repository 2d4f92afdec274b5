-- Asking for an account counts once, whether there is one or not: a second count for the link would tell, by when a network is throttled, who
-- has an account. Who has one gets the link of the same count.
drop function app.begin_sign_up(text, inet);
create function app.begin_sign_up(given_email text, given_address inet, new_token_hash text)
  returns table (verdict text, has_account boolean, person_id uuid, email text, name text, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare answer text := app.count_attempt('link', given_email, given_address);
begin
  return query
    with known as (select p.* from person p where p.email = given_email::citext),
      made as (insert into sign_in_link (token_hash, person_id, expires_at)
        select new_token_hash, k.id, app_now() + interval '15 minutes' from known k where answer = 'allowed' and k.disabled_at is null
        returning sign_in_link.person_id)
    select answer, exists (select 1 from known), m.person_id, k.email::text, k.name, k.language
    from (select 1) one left join made m on true left join known k on k.id = m.person_id;
end $$;
revoke all on function app.begin_sign_up from public;
grant execute on function app.begin_sign_up to regioloket_app;
