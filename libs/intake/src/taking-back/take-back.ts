import type { MoveContext } from '#lib/engine';

const WRITE_DOWN = {
  name: 'write-taken-back',
  text: `insert into taken_back (region, proposal_id, transition_id, taken_at, parties) values ($1, $2, $3, $4,
    (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from party t where t.proposal_id = $2 and t.removed_at is null))`,
};

/** What is taken back is the applicant's own again: the desk reads it no more, and in order of arrival its place is gone. Its receipts stay. */
export function takeBack({ tx, subject, opened, receivedAt, eventId, writes }: MoveContext): void {
  writes.send(tx.query(WRITE_DOWN, [opened.region, subject.id, eventId, receivedAt]));
  // Everything may change now, so what had been asked for asks nothing more.
  writes.setEvidence({
    submittedBy: null,
    submittedAt: null,
    receivedAt: null,
    arrivedAt: null,
    completionAskedFor: null,
  });
}
