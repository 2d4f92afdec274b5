import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { NotForThisViewer, rolesIn, type Viewer } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, writeAudit, writeNotices, type RequestKey } from '#lib/engine';
import { tidyMailbox } from '../mailbox.js';
import { PeopleOptions } from '../people-options.js';
import {
  MandateEndsBeforeItStarts,
  MandateNeedsEvidence,
  MayNotMandateYourself,
  MayNotNameSignatory,
  SchoolOfAnotherBoard,
} from './mandate-errors.js';
import type { GivenMandate } from './mandate.js';

const PLACE = {
  name: 'place-to-give-mandate',
  text: `select app.region_of_board($1) as region, $1 = any (app.signs_for($2)) as signs`,
};
const STRANGERS = {
  name: 'schools-of-another-board',
  text: `select b as brin from unnest($1::text[]) b where not exists (
    select 1 from school_site s where s.brin = app.current_brin(b) and s.board = $2)`,
};
const SELF = { name: 'is-own-address', text: 'select 1 from person where id = $1 and email = $2' };
const INSERT = {
  name: 'give-mandate',
  text: `insert into mandate (id, region, board, holder, holder_name, schools, kinds, is_signatory, valid_from, valid_until, given_by, evidence)
    values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, (app_now() at time zone 'Europe/Amsterdam')::date), $10, $11, $12)
    returning (select max(s.board_name) from school_site s where s.board = $3) as "boardName"`,
};

interface Place {
  readonly region: string;
  readonly byStaff: boolean;
}

/** Gives a person a mandate of a school board: by its signatory, or by staff who say on what it rests. */
@Injectable()
export class GiveMandate {
  constructor(
    private readonly database: Database,
    private readonly options: PeopleOptions,
  ) {}

  /**
   * Returns the mandate's id. Throws NotForThisViewer (also for a board that does not exist), MandateNeedsEvidence, MayNotNameSignatory,
   * MayNotMandateYourself, SchoolOfAnotherBoard, MandateEndsBeforeItStarts, KeyUsedForAnother.
   */
  async execute(viewer: Viewer, written: GivenMandate, key?: RequestKey): Promise<string> {
    const given = { ...written, holder: tidyMailbox(written.holder) };
    const { region, byStaff } = await this.placeOf(viewer, given.board);
    assertForm(given, byStaff);
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      await assertFacts(tx, viewer, given);
      const boardName = await insert(tx, { id, region, given, by: viewer.id });
      const { board, kinds, schools, isSignatory } = given;
      const subject = { subjectKind: 'mandate', subjectId: id };
      const data = { board, kinds, schools, isSignatory, byStaff };
      await writeAudit(tx, { region, actor: viewer.id, act: 'mandate.give', ...subject, data });
      await this.tell(tx, { id, region, given, giver: viewer.name, boardName });
      return id;
    });
  }

  private async placeOf(viewer: Viewer, board: string): Promise<Place> {
    const [place] = await this.database.ask<{ region: string | null; signs: boolean }>(PLACE, [board, viewer.id]);
    if (place?.region == null) throw new NotForThisViewer();
    const byStaff = looksAfterMandates(viewer, place.region);
    if (!byStaff && !place.signs) throw new NotForThisViewer();
    return { region: place.region, byStaff };
  }

  private async tell(tx: Transaction, told: Told): Promise<void> {
    const { id, region, given, giver, boardName } = told;
    const { holder, holderName, language, kinds, validFrom, validUntil } = given;
    const notice = {
      ...{ region, eventId: id, recipientKey: id, template: 'mandate-given', language },
      to: { address: holder, name: holderName },
      view: {
        name: holderName,
        giver,
        boardName,
        mayApply: kinds.includes('apply'),
        mayConfirm: kinds.includes('confirm'),
        ...{ from: validFrom, until: validUntil },
      },
    };
    await writeNotices(tx, [notice], this.options.messageIds);
  }
}

interface Told {
  readonly id: string;
  readonly region: string;
  readonly given: GivenMandate;
  readonly giver: string;
  readonly boardName: string;
}

/** Whether a viewer keeps the mandates of boards in a region: its coordinator, or the national office. */
export function looksAfterMandates(viewer: Viewer, region: string): boolean {
  return rolesIn(viewer, region).some((role) => role === 'coordinator' || role === 'national-office');
}

function assertForm({ isSignatory, schools, evidence, validFrom, validUntil }: GivenMandate, byStaff: boolean): void {
  if (byStaff && (evidence ?? '') === '') throw new MandateNeedsEvidence();
  if (isSignatory && (!byStaff || schools !== null)) throw new MayNotNameSignatory();
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) throw new MandateEndsBeforeItStarts();
}

async function assertFacts(tx: Transaction, viewer: Viewer, { holder, schools, board }: GivenMandate): Promise<void> {
  if ((await tx.query(SELF, [viewer.id, holder])).length > 0) throw new MayNotMandateYourself();
  const strangers = schools === null ? [] : await tx.query<{ brin: string }>(STRANGERS, [schools, board]);
  const brins = strangers.map(({ brin }) => brin);
  if (brins.length > 0) throw new SchoolOfAnotherBoard(brins, board);
}

interface Row {
  readonly id: string;
  readonly region: string;
  readonly given: GivenMandate;
  readonly by: string | null;
}

async function insert(tx: Transaction, { id, region, given, by }: Row): Promise<string> {
  const { board, holder, holderName, schools, kinds, isSignatory, validFrom, validUntil, evidence } = given;
  const values = [id, region, board, holder, holderName, schools, [...new Set(kinds)], isSignatory];
  const [row] = await tx.query<{ boardName: string }>(INSERT, [...values, validFrom, validUntil, by, evidence]);
  return row?.boardName ?? board;
}

const REGION = { name: 'region-of-mandate', text: 'select app.region_of_mandate($1) as region' };
const END = {
  name: 'end-mandate',
  text: `update mandate m set ended_at = app_now(), ended_by = app.actor() where m.id = $1 and m.ended_at is null
      and ($2 or m.board = any (app.signs_for(app.actor())) or exists (select 1 from person h where h.id = app.actor() and h.email = m.holder))
    returning board`,
};

/** Ends a mandate from now on; what was done by it stays done. */
@Injectable()
export class EndMandate {
  constructor(private readonly database: Database) {}

  /** By staff, by who signs for the board, or by the holder. Throws SubjectNotFound, also when it has ended. */
  async execute(viewer: Viewer, id: string): Promise<void> {
    const [found] = await this.database.ask<{ region: string | null }>(REGION, [id]);
    if (found?.region == null) throw new SubjectNotFound('mandate', id);
    const { region } = found;
    await this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      const [ended] = await tx.query<{ board: string }>(END, [id, looksAfterMandates(viewer, region)]);
      if (ended === undefined) throw new SubjectNotFound('mandate', id);
      const subject = { subjectKind: 'mandate', subjectId: id };
      await writeAudit(tx, { region, actor: viewer.id, act: 'mandate.end', ...subject, data: ended });
    });
  }
}
