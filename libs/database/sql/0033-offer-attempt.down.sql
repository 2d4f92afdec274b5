drop function app.begin_offer;
delete from sign_in_attempt where kind = 'offer';
alter table sign_in_attempt drop constraint sign_in_attempt_kind_check;
alter table sign_in_attempt add constraint sign_in_attempt_kind_check check (kind in ('password', 'link'));
