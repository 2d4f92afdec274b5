import type { Invariant } from '#lib/engine';
import { MOST_OF_PROPOSAL } from './attachment.js';

/** What must hold of attachments at every moment. */
export const ATTACHMENT_INVARIANTS: readonly Invariant[] = [
  {
    code: 'attachment-is-an-answer',
    rule: 'Every attachment stands among the answers of its proposal, with the same hash, or belongs to an objection.',
    sql: `select a.region, a.id from attachment a join proposal p on p.id = a.proposal_id where a.removed_at is null and a.objection_id is null and not coalesce(
      p.content #> string_to_array(a.path, '.') @> jsonb_build_array(jsonb_build_object('id', a.id, 'sha256', a.sha256)), false)`,
  },
  {
    code: 'file-answer-has-an-attachment',
    rule: 'Every file among the answers of a proposal is an attachment of that proposal, with the same hash.',
    sql: `select p.region, p.id from proposal p, jsonb_path_query(p.content, 'strict $.**{2 to 3} ? (exists (@.sha256))') f
      where not exists (select 1 from attachment a where a.proposal_id = p.id and a.id::text = f ->> 'id' and a.sha256 = f ->> 'sha256'
        and a.removed_at is null)`,
  },
  {
    code: 'attachments-are-few',
    rule: `A proposal has at most ${MOST_OF_PROPOSAL} attachments.`,
    sql: `select min(region) as region, proposal_id as id from attachment where removed_at is null and objection_id is null group by proposal_id
      having count(*) > ${MOST_OF_PROPOSAL}`,
  },
  {
    code: 'attachment-of-its-region',
    rule: 'An attachment carries the region of its proposal.',
    sql: `select a.region, a.id from attachment a join proposal p on p.id = a.proposal_id where p.region <> a.region`,
  },
];
