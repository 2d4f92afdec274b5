-- A ranking says by what it orders, as the regulation of its call does: the exact mean of the reviews, or the expected rank.
alter table ranking drop constraint ranking_model_check, add constraint ranking_model_check check (model in ('mean', 'expected-rank'));
