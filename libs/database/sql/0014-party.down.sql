drop function app.open_proposal_and_parties, app.open_part;
drop table party;
