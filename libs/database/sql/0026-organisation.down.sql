drop table organisation;
