alter table receipt drop column texts_hash;
