drop table objection;
