revoke select on migration_file from regioloket_app, regioloket_worker, regioloket_sealer;
