-- How an address was typed before is not known any more, and nothing depends on it.
select 1;
