-- Every process compares at its start what ran here with what it knows.
grant select on migration_file to regioloket_app, regioloket_worker, regioloket_sealer;
