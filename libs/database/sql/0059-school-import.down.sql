drop index school_history_import;
delete from school_history h where h.kind <> 'site' or h.was is null or not exists (select 1 from school_site s where s.site = h.key);
alter table school_history drop column kind;
alter table school_history alter column was set not null;
alter table school_history rename column key to site;
alter table school_history add constraint school_history_site_fkey foreign key (site) references school_site (site);
drop table school_board;
alter table school_site drop column as_of;
alter table school_import drop column number, drop column kind, drop column level, drop column undone_at;
-- The same bytes may have been imported more than once since.
update school_import i set sha256 = encode(sha256(convert_to(i.sha256 || i.id::text, 'UTF8')), 'hex')
  where exists (select 1 from school_import o where o.sha256 = i.sha256 and o.id < i.id);
alter table school_import add constraint school_import_sha256_key unique (sha256);
