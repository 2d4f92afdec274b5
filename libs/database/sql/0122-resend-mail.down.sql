drop function app.resend_mail;
drop trigger note_link on outbox;
drop function app.note_link;
alter table outbox drop column resent_from, drop column held_link;
