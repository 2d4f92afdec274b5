drop table migration_file;
drop table region;
drop procedure app.share(regclass, text);
drop procedure app.protect(regclass, text);
drop function app.actor();
drop function app.regions();
drop function app_now();
drop schema app;
revoke usage on schema public from regioloket_app, regioloket_worker, regioloket_sealer;
