drop function app.claim_jobs, app.claim_commands, app.claim_reminders, app.claim_terms, app.claim_outbox;
drop table job, task, command, term_reminder, term_suspension, term, outbox, audit_leaf, audit_batch, audit_entry, transition, idempotency;
drop function app.refuse_change();
