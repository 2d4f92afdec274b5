-- A file that belongs to an objection: an attachment like any other (looked at, handed out and kept the same way), but no answer, so that
-- nobody reads it with the proposal.
alter table attachment add column objection_id uuid references objection (id);
create index attachment_objection on attachment (objection_id) where objection_id is not null;
