drop function app.begin_sign_up;
