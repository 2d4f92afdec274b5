delete from attachment where objection_id is not null;
alter table attachment drop column objection_id;
