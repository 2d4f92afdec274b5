drop table review_score, review;
drop function app.refuse_conflicted_review();
