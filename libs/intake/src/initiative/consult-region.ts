import type { Viewer } from '#lib/access';
import type { Database } from '#lib/database';
import { SubjectNotFound, writeAudit } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import { deskOf } from './match-offer.js';

const KNOWN = { name: 'region-exists', text: 'select 1 from region where code = $1' };
const ASK = {
  name: 'consult-region',
  text: `with marked as (update initiative set consulted = array(select distinct unnest(consulted || $2::text)) where id = $1 and region <> $2 and phase <> 'ended' returning id)
    insert into consultation (initiative_id, region, asked_by) select id, $2, $3 from marked on conflict do nothing returning 1`,
};
const ANSWER = {
  name: 'answer-consultation',
  text: `update consultation set answer = $3, answered_by = $4, answered_at = app_now() where initiative_id = $1 and region = $2 returning 1`,
};
const LIST = {
  name: 'consultations-of-initiative',
  text: `select k.region, jsonb_build_object('nl', g.name_nl, 'en', g.name_en) as name, k.answer, k.answered_at as "answeredAt"
    from consultation k join region g on g.code = k.region join initiative i on i.id = k.initiative_id
    where k.initiative_id = $1 and (app.is_desk(i.region, app.actor()) or app.is_desk(k.region, app.actor())) order by k.asked_at`,
};

export interface Consultation {
  readonly region: string;
  readonly name: { readonly nl: string; readonly en: string };
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
}

/** An initiative that spans networks: its own region leads and asks the others. */
export class ConsultRegion {
  constructor(private readonly database: Database) {}

  /** Asking twice is asking once. Throws NotForThisViewer, SubjectNotFound for a region that does not exist. */
  async ask(viewer: Viewer, { id, lead, region }: { id: string; lead: string; region: string }): Promise<void> {
    const actor = deskOf(viewer, lead);
    await this.database.unit({ regions: [lead, region], actor }, async (tx) => {
      if ((await tx.query(KNOWN, [region])).length === 0) throw new SubjectNotFound('region', region);
      await tx.query(ASK, [id, region, actor]);
      await writeAudit(tx, {
        region: lead,
        actor,
        act: 'initiative.consult',
        subjectKind: 'initiative',
        subjectId: id,
        data: { region },
      });
    });
  }

  /** Throws NotForThisViewer, SubjectNotFound. */
  async answer(viewer: Viewer, { id, region, text }: { id: string; region: string; text: string }): Promise<void> {
    const actor = deskOf(viewer, region);
    await this.database.unit({ regions: [region], actor }, async (tx) => {
      if ((await tx.query(ANSWER, [id, region, text, actor])).length === 0)
        throw new SubjectNotFound('consultation', id);
      await writeAudit(tx, { region, actor, act: 'initiative.answer', subjectKind: 'initiative', subjectId: id });
    });
  }

  /** For the desks that lead or were asked; `regions` of the initiative and those it consults. */
  async list(id: string, regions: readonly string[], actor: string): Promise<readonly Consultation[]> {
    return this.database.unit({ regions, actor, readOnly: true }, (tx) => tx.query<Consultation>(LIST, [id]));
  }
}
