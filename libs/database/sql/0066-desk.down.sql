drop function app.desks;
