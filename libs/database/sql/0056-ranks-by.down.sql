-- Rankings by expected rank have no name in the version before; their places stay as they are.
update ranking set model = 'mean' where model = 'expected-rank';
alter table ranking drop constraint ranking_model_check, add constraint ranking_model_check check (model in ('mean'));
