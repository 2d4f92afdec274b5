-- What a reviewer typed as a score and is none: it stays beside the criterion until it is repaired.
alter table review_score add column typed text check (length(typed) <= 40);
