drop function app.drop_kept_text;
drop function app.kept_texts;
drop function app.keep_text;
drop table kept_text;
