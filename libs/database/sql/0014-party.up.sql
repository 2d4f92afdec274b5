-- The parties of a proposal: who takes part, with what, and whether they confirmed it themselves. A confirmation holds for the very part
-- that was shown: when the lead applicant changes it afterwards, it is asked anew.
create table party (
  id uuid primary key default gen_random_uuid(),
  region text not null references region (code),
  proposal_id uuid not null references proposal (id),
  role text not null check (role in ('co-applicant', 'partner', 'school', 'payee')),
  organisation text not null check (length(organisation) between 1 and 200),
  contact_name text not null check (length(contact_name) between 1 and 200),
  email citext not null check (email ~ '^[^\s<>"@,;]+@[^\s<>"@,;]+$' and length(email) <= 254),
  language text not null default 'nl' check (language in ('nl', 'en')),
  -- what this party does and gives: {task, cashCents, hours, inKindCents}
  part jsonb not null default '{}',
  state text not null default 'listed' check (state in ('listed', 'asked', 'confirmed', 'declined', 'changed')),
  token_hash text unique check (length(token_hash) = 64),
  asked_at timestamptz,
  expires_at timestamptz,
  answered_at timestamptz,
  answered_name text,
  answered_function text,
  note text,
  -- SHA-256 of the part that was confirmed
  part_hash text,
  removed_at timestamptz,
  created_at timestamptz not null default app_now(),
  constraint confirmed_has_a_name check (state <> 'confirmed' or (answered_name is not null and part_hash is not null and answered_at is not null)),
  constraint declined_has_a_reason check (state <> 'declined' or note is not null)
);
call app.protect('party');
create index party_proposal on party (proposal_id) where removed_at is null;

-- What the holder of a link may see: that part, and for which proposal it is asked. Nothing else of the proposal.
create function app.open_part(p_hash text) returns table (id uuid, region text, state text, organisation text, "contactName" text, role text, part jsonb,
  title text, "leadOrganisation" text, "callName" jsonb, "regionName" jsonb, language text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.region, t.state, t.organisation, t.contact_name, t.role, t.part, p.title, p.organisation,
    jsonb_build_object('nl', c.name_nl, 'en', c.name_en), jsonb_build_object('nl', g.name_nl, 'en', g.name_en), t.language
  from party t join proposal p on p.id = t.proposal_id join call c on c.id = p.call_id join region g on g.code = t.region
  where t.token_hash = p_hash and t.removed_at is null and t.expires_at > app_now()
$$;
revoke all on function app.open_part from public;
grant execute on function app.open_part to regioloket_app;

-- A proposal as its workflow opens it, with its parties. Opening locks first, so what follows sees what the locks protect.
create function app.open_proposal_and_parties(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
declare opened jsonb := app.open_proposal(p_id, p_actor, p_locks, p_received);
begin
  return jsonb_set(opened, '{facts,parties}', (select jsonb_build_object('open', count(*) filter (where t.state <> 'confirmed'))
    from party t where t.proposal_id = p_id and t.removed_at is null));
end $$;
