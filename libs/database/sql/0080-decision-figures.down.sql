drop function app.decision_figures(uuid, uuid, boolean);
drop function app.advisers_of(proposal);
alter table advice drop column members;
