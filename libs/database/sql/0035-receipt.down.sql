-- Nothing to take back: a hash of all answers serves the code of before as well.
select 1;
