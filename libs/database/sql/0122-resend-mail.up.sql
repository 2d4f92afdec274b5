-- A lost mail is sent again by hand as a new row that names the old one, with a reason in the audit trail. The link in a mail is wiped once the mail
-- is lost, so a mail that held one is not sent again: who needs the link asks for a new one.
alter table outbox
  add column resent_from uuid unique,
  add column held_link boolean not null default false;
update outbox set held_link = true where secret is not null or (text is null and status in ('sent', 'bounced', 'failed', 'cancelled'));
create function app.note_link() returns trigger language plpgsql as $$
begin
  new.held_link := true;
  return new;
end $$;
create trigger note_link before insert on outbox for each row when (new.secret is not null) execute function app.note_link();

-- Says `resent`, or why not. It goes to the address that the person has now: that is what somebody mended.
create function app.resend_mail(p_mail uuid, p_actor uuid, p_reason text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  lost outbox;
  event uuid := gen_random_uuid();
  made uuid := gen_random_uuid();
begin
  select * into lost from outbox where id = p_mail for update;
  if lost.id is null then return 'unknown'; end if;
  if lost.status not in ('bounced', 'failed') then return 'not-lost'; end if;
  if lost.held_link then return 'held-a-link'; end if;
  if lost.forgets then return 'address-forgotten'; end if;
  if exists (select from outbox where resent_from = p_mail) then return 'resent-before'; end if;
  insert into audit_entry (region, actor, act, subject_kind, subject_id, data)
    values (lost.region, p_actor, 'mail.resend', 'mail', p_mail, jsonb_build_object('event', event, 'reason', p_reason, 'resentAs', made));
  insert into outbox (id, region, event_id, recipient_key, template, language, to_address, to_name, view, message_id, subject, html, text, resent_from)
    values (made, lost.region, event, lost.recipient_key, lost.template, lost.language,
      coalesce((select email::text from person where id::text = lost.recipient_key), lost.to_address), lost.to_name, lost.view,
      '<' || made || '.' || left(replace(gen_random_uuid()::text, '-', ''), 16) || '@' || split_part(rtrim(lost.message_id, '>'), '@', 2) || '>',
      lost.subject, lost.html, lost.text, p_mail);
  update task set done_at = app_now(), done_by = p_actor where kind = 'mail-not-delivered' and subject_id = p_mail and done_at is null;
  return 'resent';
end $$;
revoke execute on function app.resend_mail from public;
