/** What must hold of everything that was issued (`Invariant` of libs/engine; this library imports no core). */
export const DOCUMENT_INVARIANTS = [
  {
    code: 'figures-are-as-issued',
    rule: 'The figures of a document fit the hash that was written with them.',
    sql: `select region, id from document where figures_hash <> app.hash_of(figures)`,
  },
  {
    code: 'words-are-as-issued',
    rule: 'The words of a document fit the hash that was written with them.',
    sql: `select region, document_id as id from document_text where sha256 <> encode(sha256(convert_to(letter, 'UTF8')), 'hex')`,
  },
  {
    code: 'prints-are-as-issued',
    rule: 'The bytes of a print fit the hash that was written with them.',
    sql: `select region, document_id as id from document_print where sha256 <> encode(sha256(pdf), 'hex')`,
  },
  {
    code: 'versions-of-a-document-follow-each-other',
    rule: 'A later version of a document names the one before it, of the same kind about the same subject.',
    sql: `select t.region, t.id from document t left join document b on b.id = t.replaces where t.version > 1
      and (b.id is null or b.version <> t.version - 1 or b.kind <> t.kind or b.call_id <> t.call_id or b.proposal_id is distinct from t.proposal_id)`,
  },
  {
    code: 'document-is-made-or-due',
    rule: 'A document has its words and its print in both languages, or they are still to be made.',
    sql: `select t.region, t.id from document t where not exists (select 1 from document_due q where q.document_id = t.id)
      and (select count(*) from document_print p where p.document_id = t.id) <> 2`,
  },
];
