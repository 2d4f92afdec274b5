-- A reviewer who is late is told so: a term that runs or passed is found by its subject, among the many that ended in time.
create index term_asked on term (subject_id, name) where state in ('running', 'expired');
