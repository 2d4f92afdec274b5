-- One account for one mailbox: addresses stand as they are compared (libs/people, mailbox.ts): composed, lower case, the domain as DNS has it, so that
-- jan@bücher.example and jan@xn--bcher-kva.example are one. Where two accounts turn out to be one mailbox, the one that stood in that form, else the oldest,
-- gets it; the others stay as they were, nobody signs in to them any more, and `regioloket invariants` names them.
create function app.punycode(label text) returns text language plpgsql immutable as $$
declare
  -- RFC 3492, 6.3
  digits constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
  points int[] := array(select ascii(substr(label, i, 1)) from generate_series(1, length(label)) i order by i);
  answer text := array_to_string(array(select chr(p) from unnest(points) with ordinality u (p, i) where p < 128 order by i), '');
  done int := length(answer);
  isFirst boolean := true;
  n int := 128;
  bias int := 72;
  delta bigint := 0;
  q bigint;
  t int;
  k int;
  p int;
begin
  if done = length(label) then return label; end if;
  if done > 0 then answer := answer || '-'; end if;
  while done < cardinality(points) loop
    t := (select min(x) from unnest(points) x where x >= n);
    delta := delta + (t - n)::bigint * (done + 1);
    n := t;
    foreach p in array points loop
      if p < n then delta := delta + 1; end if;
      continue when p <> n;
      q := delta;
      k := 36;
      loop
        t := case when k <= bias then 1 when k >= bias + 26 then 26 else k - bias end;
        exit when q < t;
        answer := answer || substr(digits, (t + (q - t) % (36 - t))::int + 1, 1);
        q := (q - t) / (36 - t);
        k := k + 36;
      end loop;
      answer := answer || substr(digits, q::int + 1, 1);
      done := done + 1;
      delta := delta / case when isFirst then 700 else 2 end;
      delta := delta + delta / done;
      k := 0;
      while delta > 455 loop
        delta := delta / 35;
        k := k + 36;
      end loop;
      bias := k + (36 * delta / (delta + 38))::int;
      delta := 0;
      isFirst := false;
    end loop;
    delta := delta + 1;
    n := n + 1;
  end loop;
  return 'xn--' || answer;
end $$;

create function app.mailbox(address text) returns text language sql immutable as $$
  select split_part(a, '@', 1) || '@' || array_to_string(array(
      select app.punycode(label) from unnest(string_to_array(split_part(a, '@', 2), '.')) with ordinality l (label, at) order by at), '.')
  from lower(normalize(address, NFC)) a
$$;

with standing as (
  select id, app.mailbox(email::text) as mailbox,
    row_number() over (partition by app.mailbox(email::text) order by email::text = app.mailbox(email::text) desc, created_at, id) as place
  from person)
update person p set email = s.mailbox from standing s where s.id = p.id and s.place = 1 and p.email::text <> s.mailbox;
-- Of two open invitations for one mailbox in a region the later one holds.
update invitation i set withdrawn_at = app_now() where accepted_at is null and withdrawn_at is null and exists (
  select 1 from invitation o where o.id <> i.id and o.region = i.region and o.accepted_at is null and o.withdrawn_at is null
    and app.mailbox(o.email::text) = app.mailbox(i.email::text) and (o.invited_at, o.id) > (i.invited_at, i.id));
update invitation set email = app.mailbox(email::text) where email::text <> app.mailbox(email::text);
update party set email = app.mailbox(email::text) where email::text <> app.mailbox(email::text);
update mandate set holder = app.mailbox(holder::text) where holder::text <> app.mailbox(holder::text);
update help_offer set email = app.mailbox(email::text) where email::text <> app.mailbox(email::text);
drop function app.mailbox, app.punycode;
