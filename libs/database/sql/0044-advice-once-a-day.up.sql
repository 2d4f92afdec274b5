-- Who decides hears of advice once a day for each call, so the outbox is asked what was told.
create index outbox_advice on outbox (recipient_key, created_at) where template = 'advice-given';
