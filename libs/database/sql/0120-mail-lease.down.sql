drop function app.renew_outbox, app.release_outbox;
