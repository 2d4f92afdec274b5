-- How sure each place of a ranking is: computed beside it, on a thread of a worker. Empty where it is too large for that.
alter table ranking add column margins_job uuid references job (id);
