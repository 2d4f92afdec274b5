import type { Database, Transaction } from '#lib/database';
import { permitted, type ActionAnswer, type StateDefinition } from '#lib/workflow';
import { factsOf } from './facts.js';
import type { Actor, SubjectRef } from './move-context.js';
import type { Look } from './move-request.js';
import type { OpenRequest, SubjectOpener } from './subject-opener.js';
import { rolesOf } from './roles-of.js';
import { dueOf } from './term-keeper.js';

/** What a subject shows whose frozen rules no longer hold its state. */
const NO_STATE: StateDefinition = { phase: 'ended', label: { nl: '', en: '' } };

/** What a subject shows and allows, without moving it. */
export class SubjectReader {
  constructor(
    private readonly database: Database,
    private readonly subjects: SubjectOpener,
  ) {}

  /** State and actions of a subject as the actor meets it, inside a unit of work. Throws SubjectNotFound. */
  async look(tx: Transaction, request: OpenRequest): Promise<Look> {
    const { actor, receivedAt } = request;
    const { opened, workflow } = await this.subjects.openWithRules(tx, request);
    const facts = factsOf(opened, { receivedAt, actorId: actor.id });
    const roles = rolesOf(opened, actor);
    const actions = permitted(workflow, { state: opened.state, facts, roles });
    const {
      label,
      public: told = label,
      'waits-for': waitsFor = null,
    } = workflow.definition.states[opened.state] ?? NO_STATE;
    return { label, told, waitsFor, roles, actions };
  }

  /** Which actions the actor has now, each allowed or with the reasons why not. Throws SubjectNotFound. */
  async actionsFor(subject: SubjectRef, actor: Actor, receivedAt: string): Promise<readonly ActionAnswer[]> {
    const { actions } = await this.readOnly(actor, (tx) => this.look(tx, { subject, actor, receivedAt }));
    return actions;
  }

  /** When a term of a subject is due by today's facts; null when it has no such term or the fact is absent. */
  async termDue(subject: SubjectRef, term: string, actor: Actor, receivedAt: string): Promise<string | null> {
    const { opened, workflow } = await this.readOnly(actor, (tx) =>
      this.subjects.openWithRules(tx, { subject, actor, receivedAt }),
    );
    const definition = workflow.definition.terms?.[term];
    return definition === undefined
      ? null
      : dueOf(definition, factsOf(opened, { receivedAt, actorId: null }), receivedAt);
  }

  private readOnly<T>({ id, regions }: Actor, read: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.unit({ regions, actor: id, readOnly: true }, read);
  }
}
