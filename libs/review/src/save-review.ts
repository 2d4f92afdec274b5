import { scopeOf } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { SubjectNotFound, VersionIsStale, writeAudit } from '#lib/engine';
import { Fraction } from '#lib/kernel';
import { isOnScale, type ScoringRubric } from '#lib/scoring';
import { ReviewNotInYourHands, ScoresAreWrong, type ScoreFault } from './review-errors.js';

/** A score with its reason; either may still be absent while the review is being written. */
export interface WrittenScore {
  readonly criterion: string;
  /** Exact decimal text; null when not scored yet. */
  readonly score: string | null;
  readonly reason: string;
  /** What was typed instead of a score, kept until it is repaired. */
  readonly typed?: string | null;
}

interface Place {
  readonly region: string;
  readonly actorId: string;
}

interface Current {
  readonly phase: string;
  readonly revision: number;
  readonly rubric: ScoringRubric;
}

const LOCK = {
  name: 'lock-own-review',
  text: `select r.phase, r.revision, c.parameters -> 'rubric' as rubric from review r join call c on c.id = r.call_id
    where r.id = $1 and r.reviewer_id = app.actor() and ${scopeOf('review', 'r')} for update of r`,
};
const REPLACE = {
  name: 'save-review',
  text: `with given as (select * from jsonb_to_recordset($3::jsonb) as g(criterion text, score numeric, reason text, typed text)),
    dropped as (delete from review_score s where s.review_id = $1 and s.criterion not in (select criterion from given)),
    written as (insert into review_score (review_id, region, criterion, score, reason, typed)
      select $1, $2, criterion, score, reason, typed from given
      on conflict (review_id, criterion) do update set score = excluded.score, reason = excluded.reason, typed = excluded.typed)
    update review set revision = revision + 1 where id = $1 returning revision`,
};

/** Replaces what a reviewer wrote, between accepting and handing in. */
export class SaveReview {
  constructor(private readonly database: Database) {}

  /** Returns the new revision. Throws SubjectNotFound, ReviewNotInYourHands, VersionIsStale, ScoresAreWrong. */
  async execute(id: string, scores: readonly WrittenScore[], revision: number, place: Place): Promise<number> {
    const { region, actorId } = place;
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const [current] = await tx.query<Current>(LOCK, [id]);
      if (current === undefined) throw new SubjectNotFound('review', id);
      if (current.phase !== 'in-review') throw new ReviewNotInYourHands();
      if (current.revision !== revision) throw new VersionIsStale(revision, current.revision);
      const faults = faultsIn(scores, current.rubric);
      if (faults.length > 0) throw new ScoresAreWrong(faults);
      const saved = await this.replace(tx, { id, region, scores });
      await writeAudit(tx, { region, actor: actorId, act: 'review.save', subjectKind: 'review', subjectId: id });
      return saved;
    });
  }

  private async replace(
    tx: Transaction,
    { id, region, scores }: { id: string; region: string; scores: readonly WrittenScore[] },
  ): Promise<number> {
    const [row] = await tx.query<{ revision: number }>(REPLACE, [id, region, JSON.stringify(scores)]);
    return row?.revision ?? 0;
  }
}

function faultsIn(scores: readonly WrittenScore[], rubric: ScoringRubric): ScoreFault[] {
  const known = new Set(rubric.criteria.map(({ key }) => key));
  const seen = new Set<string>();
  return scores.flatMap(({ criterion, score }, i): ScoreFault[] => {
    const isTwice = seen.has(criterion);
    seen.add(criterion);
    if (!known.has(criterion)) return [{ pointer: `/scores/${i}/criterion`, code: 'unknown-criterion' }];
    if (isTwice) return [{ pointer: `/scores/${i}/criterion`, code: 'criterion-twice' }];
    if (score === null || isOnScale(rubric, Fraction.parse(score))) return [];
    return [{ pointer: `/scores/${i}/score`, code: 'off-the-scale' }];
  });
}
