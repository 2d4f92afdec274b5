-- What somebody typed when the session had ended, or before having an account. It waits for three days for whoever signs in with that
-- address, on any device, and is never sent on by itself. What a stranger left for an address (`is_open`) is small, and only a form that
-- everybody may fill in, which is shown and not sent.
create table kept_text (
  id uuid primary key default gen_random_uuid(),
  email citext not null check (length(email) <= 254),
  path text not null check (path ~ '^/' and length(path) <= 300),
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  is_open boolean not null,
  kept_at timestamptz not null default app_now()
);
create index kept_text_email on kept_text (email, kept_at);
create index kept_text_kept_at on kept_text (kept_at);

-- Null when it may not be kept: a form of a signed-in person is kept for who sent it, which the session that ended proves. Of one address
-- three of either kind are kept, the newest of each form.
create function app.keep_text(given_email text, given_session_hash text, given_path text, given_answers jsonb, given_open boolean)
  returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  made uuid;
  most integer := case when given_open then 20000 else 1000000 end;
begin
  delete from kept_text k where k.id in (select i.id from kept_text i where i.kept_at <= app_now() - interval '3 days' for update skip locked);
  if length(given_answers::text) > most then return null; end if;
  if not given_open and not exists (select 1 from session s join person p on p.id = s.person_id
      where s.id_hash = given_session_hash and p.email = given_email::citext and p.disabled_at is null) then
    return null;
  end if;
  perform pg_advisory_xact_lock(7120314, hashtext(lower(given_email)));
  delete from kept_text k where k.email = given_email::citext and k.is_open = given_open and (k.path = given_path
    or k.id not in (select n.id from kept_text n where n.email = k.email and n.is_open = given_open
      and n.path <> given_path order by n.kept_at desc limit 2));
  insert into kept_text (email, path, answers, is_open) values (given_email, given_path, given_answers, given_open) returning id into made;
  return made;
end $$;

-- Newest first.
create function app.kept_texts(given_person uuid) returns table (id uuid, path text, answers jsonb, is_open boolean, kept_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.path, k.answers, k.is_open, k.kept_at from kept_text k join person p on p.email = k.email
  where p.id = given_person and p.disabled_at is null and k.kept_at > app_now() - interval '3 days' order by k.kept_at desc;
$$;

create function app.drop_kept_text(given_person uuid, given_id uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from kept_text k using person p where p.id = given_person and p.email = k.email and k.id = given_id;
$$;

revoke all on function app.keep_text, app.kept_texts, app.drop_kept_text from public;
grant execute on function app.keep_text, app.kept_texts, app.drop_kept_text to regioloket_app;
