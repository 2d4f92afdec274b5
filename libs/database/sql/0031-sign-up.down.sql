drop function app.begin_sign_up(text, inet, text);
create function app.begin_sign_up(given_email text, given_address inet) returns table (verdict text, has_account boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare answer text := app.count_attempt('link', given_email, given_address);
begin
  return query select answer, exists (select 1 from person p where p.email = given_email::citext);
end $$;
revoke all on function app.begin_sign_up from public;
grant execute on function app.begin_sign_up to regioloket_app;
