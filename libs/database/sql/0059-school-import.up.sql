-- Imports of schools are judged by the state of the rows, not by the bytes of a file: a.csv, b.csv, a.csv leaves a. Each import has a number, and
-- keeps what every row was before it (null: there was none), so that it can be undone.
alter table school_import drop constraint school_import_sha256_key;
alter table school_import
  add column number bigint generated always as identity unique,
  -- null: made before imports could be undone
  add column kind text check (kind in ('schools', 'boards', 'mergers')),
  add column level text check (level in ('PO', 'VO', 'VMBO')),
  add column undone_at timestamptz;

-- The day of the last file that named the site: an older file does not overwrite it.
alter table school_site add column as_of date not null default '-infinity';
update school_site s set as_of = i.as_of from school_import i where i.id = s.import_id;
update school_site set words = translate(words, '‘’`´', '''''''''') where words ~ '[‘’`´]';

-- Names of boards, from the file of boards or from any file of schools that has them. school_site.board_name repeats them for the search.
create table school_board (
  board text primary key check (board ~ '^[0-9]{5}$'),
  name text not null check (length(name) between 1 and 300),
  as_of date not null,
  import_id uuid not null references school_import (id)
);
call app.share('school_board', 'select');
insert into school_board (board, name, as_of, import_id)
  select distinct on (board) board, left(board_name, 300), as_of, import_id from school_site where board_name <> '' order by board, as_of desc, site;

alter table school_history drop constraint school_history_site_fkey;
alter table school_history rename column site to key;
alter table school_history alter column was drop not null;
alter table school_history add column kind text not null default 'site' check (kind in ('site', 'board', 'merger'));
create index school_history_import on school_history (import_id);
