drop function app.was_passed(ranking_entry);
