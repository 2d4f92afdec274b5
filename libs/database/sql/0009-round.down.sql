drop function app.backlog, app.with_terms, app.open_review, app.open_proposal, app.open_call, app.review_roles, app.proposal_roles, app.call_facts, app.call_ends_at,
  app.pack_of, app.regions_taking_part, app.region_of, app.staff_roles, app.iso;
drop index review_proposal, proposal_call_number;
alter table ranking_entry drop column meets_threshold;
alter table proposal drop column reviews_counted, drop column total_exact, drop column total, drop column criteria_exact,
  drop column revision;
alter table review drop column revision;
