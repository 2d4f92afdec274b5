drop index party_asked;
drop function app.parts_asked_of;
drop table explanation_request;
