drop function app.unneeded_files, app.claim_scans;
drop table attachment;
