-- Provinces stand under the names that they have chosen (libs/kernel, province.ts) and are compared as such: a school in "FRIESLAND" or
-- "friesland" led to the national desk, and the check refused it in its own network. A name that means no province stays as it was.
create function app.province_named(p_name text) returns text language sql immutable as $$
  select coalesce((select n.province from (values
    ('drenthe', 'Drenthe'), ('flevoland', 'Flevoland'), ('fryslan', 'Fryslân'), ('friesland', 'Fryslân'), ('gelderland', 'Gelderland'),
    ('groningen', 'Groningen'), ('limburg', 'Limburg'), ('noordbrabant', 'Noord-Brabant'), ('nbrabant', 'Noord-Brabant'), ('brabant', 'Noord-Brabant'),
    ('noordholland', 'Noord-Holland'), ('nholland', 'Noord-Holland'), ('overijssel', 'Overijssel'), ('utrecht', 'Utrecht'), ('zeeland', 'Zeeland'),
    ('zuidholland', 'Zuid-Holland'), ('zholland', 'Zuid-Holland')) n (folded, province)
    where n.folded = regexp_replace(lower(normalize(p_name, NFKD)), '[^a-z0-9]', '', 'g')), p_name)
$$;
update school_site set province = app.province_named(province) where province <> app.province_named(province);
update organisation set province = app.province_named(province), revision = revision + 1 where province <> app.province_named(province);
update regulation r set content = jsonb_set(r.content, '{provinces}',
    (select jsonb_agg(app.province_named(p) order by at) from jsonb_array_elements_text(r.content -> 'provinces') with ordinality e (p, at)))
  where exists (select 1 from jsonb_array_elements_text(r.content -> 'provinces') p where p <> app.province_named(p));
drop function app.province_named;
