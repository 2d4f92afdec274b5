-- As in 0025 and 0028; of a proposal that is over, no part is asked any more: its link and its mandate open nothing.
create or replace function app.opened_part(t party) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text, part jsonb,
  title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text, account jsonb, revision integer)
language sql stable as $$
  select t.id, t.region, t.state, t.organisation, t.contact_name, t.role, t.part, p.title, p.organisation,
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en), jsonb_build_object('nl', g.name_nl, 'en', g.name_en), t.language,
    case when t.role = 'payee' then p.content -> 'payee' end, t.revision
  from proposal p join call c on c.id = p.call_id join region g on g.code = t.region where p.id = t.proposal_id and p.phase <> 'ended'
$$;
create or replace function app.parts_asked_of(p_person uuid) returns table (id uuid, region text, title text, organisation text, "askedAt" timestamptz, "expiresAt" timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.region, p.title, t.organisation, t.asked_at, t.expires_at
  from party t join proposal p on p.id = t.proposal_id join person o on o.email = t.email
  where o.id = p_person and t.state = 'asked' and t.removed_at is null and t.expires_at > app_now()
    and p.phase <> 'ended' order by t.expires_at limit 50
$$;
