drop index outbox_advice;
