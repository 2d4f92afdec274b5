-- As in 0032; who is asked for its part must read who asks, also while the proposal does not name its lead applicant yet: then it is the person.
create or replace function app.opened_part(t party) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text,
  part jsonb, title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable as $$
  select t.id, t.region, t.state, t.organisation, t.contact_name, t.role, t.part, p.title, coalesce(nullif(p.organisation, ''), l.name),
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en), jsonb_build_object('nl', g.name_nl, 'en', g.name_en), t.language,
    case when t.role = 'payee' then p.content -> 'payee' end, t.revision
  from proposal p join person l on l.id = p.lead_applicant join call c on c.id = p.call_id join region g on g.code = t.region
  where p.id = t.proposal_id and p.phase <> 'ended'
$$;
