create or replace function app.unneeded_files(ids uuid[]) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id from unnest(ids) as f(id) left join attachment a on a.id = f.id
  where a.id is null or a.state = 'infected' or (a.removed_at is not null and not exists
    (select 1 from receipt r where r.proposal_id = a.proposal_id and position(a.id::text in r.content::text) > 0))
$$;
drop table taken_back;
