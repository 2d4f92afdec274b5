import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NOBODY, regionsOf } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { Engine } from '#lib/engine';
import type { Instant, Text } from '#lib/kernel';
import { FrozenRules } from '#lib/regulation';
import { personOf } from '../edge/request-facts.js';
import { Subjects } from '../round/subjects.js';
import { readOpen, readRaised, type OpenGroup, type RaisedTask } from './read-tasks.js';

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
  readonly raised: readonly RaisedTask[];
}

/** What must this person do now: what waits for a role that the person has, soonest first, and what was raised. */
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
    const regions = [...new Set([...regionsOf(request.viewer ?? NOBODY), ...(await this.subjects.ofPerson(actor))])];
    if (regions.length === 0) return { items: [], raised: [] };
    return this.database.unit({ regions, actor, readOnly: true }, async (tx) => {
      const items: TodoItem[] = [];
      for (const group of await readOpen(tx)) {
        const item = await this.itemOf(tx, group, request);
        if (item !== null) items.push(item);
      }
      return { items, raised: await readRaised(tx) };
    });
  }

  /** Null when it waits for somebody else. */
  private async itemOf(tx: Transaction, group: OpenGroup, request: FastifyRequest): Promise<TodoItem | null> {
    const { definition } = await this.frozen.workflow(group.rulesHash, group.workflow);
    const state = definition.states[group.state];
    const role = state?.['waits-for'];
    if (state === undefined || role === undefined || !group.roles.includes(role)) return null;
    if (group.kind === 'call' && !(await this.canActOn(tx, group, request))) return null;
    const acts = Object.entries(state.actions ?? {}).flatMap(([name, { by }]) => (by.includes(role) ? [name] : []));
    return { kind: group.kind, group, role, acts, label: state.label, due: group.due };
  }

  /** A call waits for its decider from its closing on; there is nothing to do until everything else is done. */
  private async canActOn(tx: Transaction, group: OpenGroup, request: FastifyRequest): Promise<boolean> {
    const { receivedAt } = request;
    const actor = { id: personOf(request), regions: regionsOf(request.viewer ?? NOBODY) };
    const { actions } = await this.engine.look(tx, { subject: { kind: 'call', id: group.call.id }, actor, receivedAt });
    return actions.some(({ allowed, label }) => allowed && label !== null);
  }
}
