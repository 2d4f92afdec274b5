import { randomUUID } from 'node:crypto';
import { assertHolds, type Viewer } from '#lib/access';
import type { Database } from '#lib/database';
import { claimKey, writeAudit, type RequestKey } from '#lib/engine';
import { canonicalJson, sha256 } from '#lib/kernel';
import { askMargins } from './ask-margins.js';
import { lineOf, rankCall } from './rank-call.js';

const INSERT = {
  name: 'make-ranking',
  text: `with made as (insert into ranking (id, region, call_id, made_by, model, result, result_hash, margins_job, inputs_hash, scores_moved)
      values ($1, $2, $3, $4, $11, $5, $6, $8, $9, $10))
    insert into ranking_entry (ranking_id, region, proposal_id, position, reviews, total_exact, total, meets_threshold, scores_hash)
    select $1, $2, e.proposal, e.position, e.reviews, e.exact, e.total, e.meets, e.scores from jsonb_to_recordset($7::jsonb)
      as e(proposal uuid, position numeric, reviews integer, exact text, total numeric, meets boolean, scores text)`,
};
/** The ranking is a document: places as they are at this moment (`RankingFigures`). */
const ISSUE = {
  name: 'issue-ranking',
  text: `select app.issue_document('ranking', r.id, r.call_id, null, r.made_at,
      jsonb_build_object('call', jsonb_build_object('number', c.number, 'name', jsonb_build_object('nl', c.name_nl, 'en', c.name_en)),
        'regime', c.parameters ->> 'regime', 'model', r.model, 'madeAt', app.iso(r.made_at), 'madeBy', m.name,
        'entries', (select jsonb_agg(jsonb_build_object('number', p.number, 'title', p.title, 'organisation', p.organisation, 'position', e.position,
            'reviews', e.reviews, 'total', e.total_exact, 'meetsThreshold', e.meets_threshold,
            'requestedCents', p.content #> '{budget,requestedCents}') order by e.position, p.number)
          from ranking_entry e join proposal p on p.id = e.proposal_id where e.ranking_id = r.id)),
      jsonb_build_object('ranking', r.id, 'resultHash', r.result_hash, 'inputsHash', r.inputs_hash, 'rulesHash', c.rules_hash))
    from ranking r join call c on c.id = r.call_id join person m on m.id = r.made_by where r.id = $1`,
};

/** Ranks a call's proposals as its regulation says, by the exact mean of their reviews or by expected rank: a snapshot with a hash; a later one stands beside it. */
export class MakeRanking {
  constructor(private readonly database: Database) {}

  /** Returns the ranking's id. Throws NotForThisViewer, and what rankCall throws. */
  async execute(viewer: Viewer, place: { region: string; callId: string }, key?: RequestKey): Promise<string> {
    const { region, callId } = place;
    const actor = assertHolds(viewer, region, ['secretary', 'coordinator', 'chair']);
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const ranked = await rankCall(tx, callId);
      const { entries, inputsHash, moved } = ranked;
      const { model } = ranked.call;
      const result = canonicalJson({ model, entries });
      const hash = sha256(result);
      const margins = await askMargins(tx, { region, actor, ...lineOf(ranked) });
      const made = [id, region, callId, actor, result, hash, JSON.stringify(entries), margins];
      await tx.query(INSERT, [...made, inputsHash, moved, model]);
      await tx.query(ISSUE, [id]);
      const subject = { subjectKind: 'ranking', subjectId: id };
      await writeAudit(tx, {
        region,
        actor,
        act: 'ranking.make',
        ...subject,
        data: { call: callId, hash, inputsHash },
      });
      return id;
    });
  }
}
