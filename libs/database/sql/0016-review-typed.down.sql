alter table review_score drop column typed;
