drop function app.current_brin, app.network_of;
drop table school_merger, school_history, school_site, school_import;
