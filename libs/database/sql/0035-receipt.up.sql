-- A receipt proves all that was received: the name of the plan is an answer as well, so it stands in the copy and under the hash. What can still be
-- sent gets the hash of the whole; receipts that were given stay as they are.
create function app.canonical(p_value jsonb) returns text language plpgsql immutable as $$
begin
  return case jsonb_typeof(p_value)
    when 'object' then '{' || coalesce((select string_agg(to_json(key)::text || ':' || app.canonical(value), ',' order by key collate "C")
      from jsonb_each(p_value)), '') || '}'
    when 'array' then '[' || coalesce((select string_agg(app.canonical(value), ',' order by n)
      from jsonb_array_elements(p_value) with ordinality e (value, n)), '') || ']'
    else p_value::text end;
end $$;
update proposal set content_hash = encode(sha256(convert_to(app.canonical(content || jsonb_build_object('title', title)), 'UTF8')), 'hex')
  where phase in ('preparing', 'submitted', 'screening');
drop function app.canonical;
