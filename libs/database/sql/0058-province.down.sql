-- What a province was called before is not known any more, and nothing depends on it.
select 1;
