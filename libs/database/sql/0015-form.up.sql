-- Answers keep the question as it was asked: the texts of the form in the pack that held at that moment (packs never change).
alter table receipt add column texts_hash text references frozen_pack (hash);
