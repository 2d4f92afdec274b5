drop function app.invitation_region, app.sign_in_candidate, app.authenticate;
drop table sign_in_attempt, invitation, role_assignment, api_token, session, person;
