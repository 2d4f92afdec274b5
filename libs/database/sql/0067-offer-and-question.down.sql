drop function app.offer_by_link, app.withdraw_offer;
alter table help_offer drop column place;
alter table initiative drop column question;
