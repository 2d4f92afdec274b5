alter table ranking drop column margins_job;
