drop function app.accept_invitation, app.open_invitation, app.enable_person, app.disable_person, app.create_person, app.change_password,
  app.use_sign_in_link, app.begin_sign_in_link, app.end_session, app.start_session, app.begin_sign_in, app.count_attempt,
  app.authenticate;
drop table mandate, organisation, invitation, role_assignment, sign_in_attempt, sign_in_link, api_token, session, person;
drop extension btree_gist;
