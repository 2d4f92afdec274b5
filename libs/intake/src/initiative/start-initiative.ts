import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, VersionIsStale, writeAudit, type Engine, type RequestKey } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import type { FrozenRules } from '#lib/regulation';
import { initialState, type WorkflowDefinition } from '#lib/workflow';
import type { WrittenInitiative } from './initiative-content.js';
import { InitiativeHasEnded } from './initiative-errors.js';

interface Start {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key?: RequestKey | undefined;
}

interface Save extends Omit<Start, 'key'> {
  /** The network of its school now. */
  readonly network: string;
}

const CURRENT = {
  name: 'current-initiative-workflow',
  text: `select app.current_workflow('initiative') as definition`,
};
const NEXT = {
  name: 'next-initiative-number',
  text: `insert into initiative_counter (region, last) values ($1, 1) on conflict (region) do update set last = initiative_counter.last + 1 returning last`,
};
const INSERT = {
  name: 'start-initiative',
  text: `insert into initiative (id, region, number, started_by, title, content, consent, rules_hash, state, phase)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};

async function nextNumber(tx: Transaction, region: string): Promise<string> {
  const [row] = await tx.query<{ last: number }>(NEXT, [region]);
  return `I-${region}-${String(row?.last ?? 0).padStart(4, '0')}`;
}

/** Starts an initiative in the region of its place. It runs on the workflow of today for as long as it lives. */
export class StartInitiative {
  constructor(
    private readonly database: Database,
    private readonly engine: Engine,
    private readonly frozen: FrozenRules,
  ) {}

  /** Returns the initiative's id. Throws KeyUsedForAnother. */
  async execute(written: WrittenInitiative, { actorId, region, receivedAt, key }: Start): Promise<string> {
    const id = randomUUID();
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      const { hash, state, phase } = await this.freezeWorkflow(tx);
      const number = await nextNumber(tx, region);
      const { title, content, consent } = written;
      await tx.query(INSERT, [
        id,
        region,
        number,
        actorId,
        title,
        JSON.stringify(content),
        consent,
        hash,
        state,
        phase,
      ]);
      await this.engine.begin(tx, {
        subject: { kind: 'initiative', id },
        actor: { id: actorId, regions: [region] },
        receivedAt,
      });
      return id;
    });
  }

  private async freezeWorkflow(tx: Transaction): Promise<{ hash: string; state: string; phase: string }> {
    const [row] = await tx.query<{ definition: WorkflowDefinition | null }>(CURRENT, []);
    const definition = row?.definition ?? null;
    if (definition === null) throw new SubjectNotFound('workflow', 'initiative');
    const hash = await this.frozen.freezeWorkflow(tx, definition);
    return { hash, ...initialState(await this.frozen.workflow(hash, definition.workflow)) };
  }
}

/** A draft goes where its school is; what is registered stays at the desk that has it. */
const SAVE = {
  name: 'save-initiative',
  text: `update initiative set title = $2, content = $3, consent = $4, revision = revision + 1,
      region = case when phase = 'preparing' then $6 else region end
    where id = $1 and started_by = app.actor() and revision = $5 and phase <> 'ended' returning revision, region`,
};
const RENUMBER = {
  name: 'renumber-initiative',
  text: `update initiative set number = $2 where id = $1`,
};
const LOOK = {
  name: 'look-at-own-initiative',
  text: `select number, revision, phase from initiative where id = $1 and started_by = app.actor()`,
};

/** Replaces what the initiator wrote, until the initiative has ended; a draft goes to the network of its school. */
export class SaveInitiative {
  constructor(private readonly database: Database) {}

  /** Returns the new revision. Throws SubjectNotFound, InitiativeHasEnded, VersionIsStale. */
  async execute(id: string, written: WrittenInitiative, revision: number, place: Save): Promise<number> {
    const { title, content, consent } = written;
    const { actorId, region, network } = place;
    return this.database.unit({ regions: [...new Set([region, network])], actor: actorId }, async (tx) => {
      const values = [id, title, JSON.stringify(content), consent, revision, network];
      const [saved] = await tx.query<{ revision: number; region: string }>(SAVE, values);
      if (saved !== undefined) {
        if (saved.region !== region) await tx.query(RENUMBER, [id, await nextNumber(tx, saved.region)]);
        const subject = { subjectKind: 'initiative', subjectId: id };
        await writeAudit(tx, { region: saved.region, actor: actorId, act: 'initiative.save', ...subject });
        return saved.revision;
      }
      const [found] = await tx.query<{ number: string; revision: number; phase: string }>(LOOK, [id]);
      if (found === undefined) throw new SubjectNotFound('initiative', id);
      if (found.phase === 'ended') throw new InitiativeHasEnded(found.number);
      throw new VersionIsStale(revision, found.revision);
    });
  }
}
