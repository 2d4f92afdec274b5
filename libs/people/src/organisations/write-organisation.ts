import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { assertHolds, type Viewer } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, VersionIsStale, writeAudit, type RequestKey } from '#lib/engine';
import { organisationWords } from './import-actors.js';
import { OrganisationKnownAlready } from './organisation-errors.js';
import type { WrittenOrganisation } from './organisation.js';

/** The registry is national. */
const REGION = 'landelijk';

const ADD = {
  name: 'add-organisation',
  text: `insert into organisation (id, code, name, kind, kvk, place, province, regions, ended_on, words, changed_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
};
const TWIN = { name: 'organisation-with-number', text: 'select 1 from organisation where kvk = $2 and id <> $1' };
const CHANGE = {
  name: 'change-organisation',
  text: `update organisation set name = $2, kind = $3, kvk = $4, place = $5, province = $6, regions = $7, ended_on = $8, words = $9,
    changed_by = $10, changed_at = app_now(), revision = revision + 1 where id = $1 and revision = $11 returning revision`,
};
const LOCK = { name: 'lock-organisation', text: 'select revision from organisation where id = $1 for update' };

/** The national office writes the registry of organisations. */
@Injectable()
export class WriteOrganisation {
  constructor(private readonly database: Database) {}

  /** Returns its id. Throws NotForThisViewer, OrganisationKnownAlready, KeyUsedForAnother. */
  async add(viewer: Viewer, written: WrittenOrganisation, key?: RequestKey): Promise<string> {
    const actor = assertHolds(viewer, REGION, ['national-office']);
    const id = randomUUID();
    return this.database.unit({ regions: [REGION], actor }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const added = await tx.query(ADD, [id, written.code, ...valuesOf(written), actor]);
      if (added.length === 0) throw new OrganisationKnownAlready(written.name);
      await audit(tx, { actor, act: 'organisation.add', id });
      return id;
    });
  }

  /** The code stays. Throws NotForThisViewer, SubjectNotFound, VersionIsStale, OrganisationKnownAlready. */
  async change(viewer: Viewer, id: string, written: WrittenOrganisation, revision: number): Promise<void> {
    const actor = assertHolds(viewer, REGION, ['national-office']);
    await this.database.unit({ regions: [REGION], actor }, async (tx) => {
      const [found] = await tx.query<{ revision: number }>(LOCK, [id]);
      if (found === undefined) throw new SubjectNotFound('organisation', id);
      if (found.revision !== revision) throw new VersionIsStale(revision, found.revision);
      const { name, kvk } = written;
      if (kvk !== null && (await tx.query(TWIN, [id, kvk])).length > 0) throw new OrganisationKnownAlready(name);
      await tx.query(CHANGE, [id, ...valuesOf(written), actor, revision]);
      await audit(tx, { actor, act: 'organisation.change', id });
    });
  }
}

function valuesOf(written: WrittenOrganisation): readonly unknown[] {
  const { name, kind, kvk, place, province, regions, endedOn } = written;
  return [name, kind, kvk, place, province, regions, endedOn, organisationWords(written)];
}

async function audit(
  tx: Transaction,
  act: { readonly actor: string; readonly act: string; readonly id: string },
): Promise<void> {
  const subject = { subjectKind: 'organisation', subjectId: act.id };
  await writeAudit(tx, { region: REGION, actor: act.actor, act: act.act, ...subject });
}
