drop function app.shares_place(ranking_entry);
drop index outbox_advice;
