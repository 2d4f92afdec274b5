import { Injectable } from '@nestjs/common';
import { NotForThisViewer, type Viewer } from '#lib/access';
import { Database } from '#lib/database';
import { looksAfterMandates } from './give-mandate.js';
import type { MandateView } from './mandate.js';

const VIEW = `m.id, m.board, coalesce((select max(s.board_name) from school_site s where s.board = m.board), m.board) as "boardName",
  m.holder::text, m.holder_name as "holderName",
  (select jsonb_agg(jsonb_build_object('brin', b, 'name', coalesce((select s.name from school_site s where s.brin = b order by s.site limit 1), b))
    order by b) from unnest(m.schools) b) as schools,
  m.kinds, m.is_signatory as "isSignatory", m.valid_from::text as "validFrom", m.valid_until::text as "validUntil", m.evidence,
  g.name as "givenBy", m.given_at as "givenAt", m.ended_at as "endedAt", app.mandate_holds(m) as holds`;
const OWN = {
  name: 'own-mandates',
  text: `select ${VIEW} from mandate m join person g on g.id = m.given_by join person h on h.email = m.holder
    where h.id = app.actor() order by m.ended_at is not null, m.board, m.given_at`,
};
const OF_BOARD = {
  name: 'mandates-of-board',
  text: `select ${VIEW} from mandate m join person g on g.id = m.given_by where m.board = $1
      and ($2 or m.board = any (app.signs_for(app.actor()))) order by m.ended_at is not null, m.holder_name, m.given_at limit 500`,
};
const REGIONS = { name: 'regions-of-mandates', text: 'select r as region from app.regions_of_mandates($1) r' };
const BOARD = {
  name: 'board-with-schools',
  text: `select app.region_of_board($1) as region, $1 = any (app.signs_for($2)) as signs,
    (select max(s.board_name) from school_site s where s.board = $1) as name,
    (select jsonb_agg(jsonb_build_object('brin', brin, 'name', name) order by name) from (
      select distinct on (brin) brin, name from school_site where board = $1 and ended_on is null order by brin, site) s) as schools`,
};

/** A school board for who looks after its mandates. */
export interface BoardView {
  readonly board: string;
  readonly name: string;
  readonly region: string;
  readonly schools: readonly { readonly brin: string; readonly name: string }[];
  /** Whether the viewer is staff, who say on what a mandate rests. */
  readonly byStaff: boolean;
  readonly mandates: readonly MandateView[];
}

interface FoundBoard {
  readonly name: string;
  /** Null when no such board is known. */
  readonly region: string | null;
  readonly signs: boolean;
  /** Null when all have ended. */
  readonly schools: BoardView['schools'] | null;
}

/** Mandates, for whom they concern. */
@Injectable()
export class ReadMandates {
  constructor(private readonly database: Database) {}

  /** What the person holds and held. */
  async own(personId: string): Promise<readonly MandateView[]> {
    const regions = (await this.database.ask<{ region: string }>(REGIONS, [personId])).map(({ region }) => region);
    if (regions.length === 0) return [];
    return this.database.unit({ regions: [...new Set(regions)], actor: personId, readOnly: true }, (tx) =>
      tx.query<MandateView>(OWN, []),
    );
  }

  /** A board with the mandates given for it. Throws NotForThisViewer, also for a board that does not exist. */
  async ofBoard(viewer: Viewer, board: string): Promise<BoardView> {
    const [found] = await this.database.ask<FoundBoard>(BOARD, [board, viewer.id]);
    if (found?.region == null) throw new NotForThisViewer();
    const { region, signs, name } = found;
    const byStaff = looksAfterMandates(viewer, region);
    if (!byStaff && !signs) throw new NotForThisViewer();
    const mandates = await this.database.unit({ regions: [region], actor: viewer.id, readOnly: true }, (tx) =>
      tx.query<MandateView>(OF_BOARD, [board, byStaff]),
    );
    return { board, name, region, schools: found.schools ?? [], byStaff, mandates };
  }
}
