import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NOBODY, regionsOf } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { Engine, writeAudit } from '#lib/engine';
import type { Instant, Text } from '#lib/kernel';
import { takesAnswers } from '#lib/intake';
import { FrozenRules } from '#lib/regulation';
import type { StateDefinition } from '#lib/workflow';
import { personOf } from '../edge/request-facts.js';
import { Subjects } from '../round/subjects.js';
import { readRounds, type RoundInHand } from './read-rounds.js';
import { markDone, readOpen, readRaised, type OpenGroup, type RaisedTask } from './read-tasks.js';
import { readAskedParts, readWaiting, type AskedPart, type WaitingWork } from './read-waiting.js';

/** One thing that a person must do now. */
export interface TodoItem {
  readonly kind: OpenGroup['kind'];
  readonly group: OpenGroup;
  /** The role that must act. */
  readonly role: string;
  /** What that role can do now, by name. */
  readonly acts: readonly string[];
  /** What staff call the state. */
  readonly label: Text;
  readonly due: Instant | null;
}

export interface Todo {
  readonly items: readonly TodoItem[];
  readonly waiting: readonly WaitingWork[];
  readonly raised: readonly RaisedTask[];
  readonly parts: readonly AskedPart[];
  /** Calls that the person runs. */
  readonly rounds: readonly RoundInHand[];
}

const NOTHING = { items: [], waiting: [], raised: [], rounds: [] };

/** What must this person do now: what waits for a role that the person has, what other people asked, and what was raised. */
@Injectable()
export class TaskList {
  constructor(
    private readonly database: Database,
    private readonly subjects: Subjects,
    private readonly engine: Engine,
    private readonly frozen: FrozenRules,
  ) {}

  async of(request: FastifyRequest): Promise<Todo> {
    const actor = personOf(request);
    const parts = await readAskedParts(this.database, actor);
    const regions = [...new Set([...regionsOf(request.viewer ?? NOBODY), ...(await this.subjects.ofPerson(actor))])];
    if (regions.length === 0) return { ...NOTHING, parts };
    return this.database.unit({ regions, actor, readOnly: true }, async (tx) => {
      const items: TodoItem[] = [];
      for (const group of await readOpen(tx)) {
        const item = await this.itemOf(tx, group, request);
        if (item !== null) items.push(item);
      }
      const [waiting, raised] = [await readWaiting(tx), await readRaised(tx)];
      return { items, waiting, raised, parts, rounds: await readRounds(tx) };
    });
  }

  /** Somebody looked at a mail that did not arrive. Twice is once. */
  async done(id: string, request: FastifyRequest): Promise<void> {
    const actor = personOf(request);
    const regions = regionsOf(request.viewer ?? NOBODY);
    if (regions.length === 0) return;
    await this.database.unit({ regions, actor }, async (tx) => {
      const region = await markDone(tx, id);
      if (region === null) return;
      await writeAudit(tx, { region, actor, act: 'task.done', subjectKind: 'task', subjectId: id });
    });
  }

  /** Null when it waits for somebody else. */
  private async itemOf(tx: Transaction, group: OpenGroup, request: FastifyRequest): Promise<TodoItem | null> {
    const { definition } = await this.frozen.workflow(group.rulesHash, group.workflow);
    const state = definition.states[group.state];
    const role = state === undefined ? undefined : roleIn(group, state);
    if (state === undefined || role === undefined) return null;
    if (group.kind === 'call' && !(await this.canActOn(tx, group, request))) return null;
    const acts = Object.entries(state.actions ?? {}).flatMap(([name, { by }]) => (by.includes(role) ? [name] : []));
    return { kind: group.kind, group, role, acts, label: state.label, due: group.due };
  }

  /** A call waits for its decider from its closing on; there is nothing to do until everything else is done. */
  private async canActOn(tx: Transaction, { first }: OpenGroup, request: FastifyRequest): Promise<boolean> {
    const { receivedAt } = request;
    const actor = { id: personOf(request), regions: regionsOf(request.viewer ?? NOBODY) };
    const { actions } = await this.engine.reader.look(tx, {
      subject: { kind: 'call', id: first.id },
      actor,
      receivedAt,
    });
    return actions.some(({ allowed, label }) => allowed && label !== null);
  }
}

/** The reader's role for which it waits: who writes along works on what waits for the answers of who applies. */
function roleIn({ roles }: OpenGroup, state: StateDefinition): string | undefined {
  const role = state['waits-for'];
  if (role !== undefined && roles.includes(role)) return role;
  return role === 'lead-applicant' && roles.includes('co-writer') && takesAnswers(state) ? 'co-writer' : undefined;
}
