-- Where a desk is reached: that of a network by its newest adopted regulation, the national one by the programme. Public, so by the owner.
create function app.desks() returns table (region text, name jsonb, provinces jsonb, address text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.code, jsonb_build_object('nl', g.name_nl, 'en', g.name_en), coalesce(r.content -> 'provinces', '[]'),
    coalesce(r.content #>> '{contact,address}', n.address), coalesce(r.content #>> '{contact,email}', n.email)
  from region g
    left join lateral (select content from regulation where region = g.code and status = 'adopted' order by adopted_at desc, number desc limit 1) r on true
    left join lateral (select content #>> '{contact,address}' as address, content #>> '{contact,email}' as email from programme
      where g.code = 'landelijk' and content ? 'contact' order by code limit 1) n on true
  order by g.code
$$;
revoke all on function app.desks from public;
grant execute on function app.desks to regioloket_app, regioloket_worker;
