create or replace function app.opened_part(t party) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text,
  part jsonb, title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable as $$
  select t.id, t.region, t.state, t.organisation, t.contact_name, t.role, t.part, p.title, p.organisation,
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en), jsonb_build_object('nl', g.name_nl, 'en', g.name_en), t.language,
    case when t.role = 'payee' then p.content -> 'payee' end, t.revision
  from proposal p join call c on c.id = p.call_id join region g on g.code = t.region where p.id = t.proposal_id and p.phase <> 'ended'
$$;
