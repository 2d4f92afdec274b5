drop function app.was_passed(ranking_entry);
drop index outbox_advice;
