drop function app.open_initiative, app.current_workflow, app.confirm_offer, app.is_consulted, app.is_desk;
create or replace function app.region_of(p_kind text, p_id uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case p_kind
    when 'call' then (select region from call where id = p_id)
    when 'proposal' then (select region from proposal where id = p_id)
    when 'review' then (select region from review where id = p_id)
    when 'seat' then (select region from seat where id = p_id)
  end
$$;
create or replace function app.regions_taking_part(p_person uuid) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select region from proposal where lead_applicant = p_person union select region from seat where person_id = p_person
$$;
create or replace function app.pack_of(p_rules_hash text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('rules', r.content, 'texts', t.content) from call c
    join frozen_pack r on r.hash = c.rules_hash join frozen_pack t on t.hash = c.texts_hash
  where c.rules_hash = p_rules_hash order by c.created_at desc limit 1
$$;
drop table consultation, offer_match, help_offer, initiative, initiative_counter;
