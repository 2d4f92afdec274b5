-- The four roles of the database (docs/operating.md). Run once by a superuser; psql takes the passwords from the environment.
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv worker_password WORKER_PASSWORD
\getenv sealer_password SEALER_PASSWORD
create role regioloket_owner login password :'owner_password';
create role regioloket_app login password :'app_password';
create role regioloket_worker login password :'worker_password';
create role regioloket_sealer login password :'sealer_password';
create database regioloket owner regioloket_owner encoding 'UTF8' template template0;
