import type { Statement, Transaction } from '#lib/database';
import type { VerifiedWorkflow } from '#lib/workflow';
import { NotRegistered, SubjectNotFound } from './engine-errors.js';
import type { MoveRequest, WorkflowSource } from './move-request.js';
import type { OpenedRow, SubjectPort } from './subject.js';

/** Whose subject, asked by whom, at which instant. */
export type OpenRequest = Pick<MoveRequest, 'subject' | 'actor' | 'receivedAt'>;

/** A subject with the frozen rules of its call. */
export interface Opened {
  readonly opened: OpenedRow;
  readonly workflow: VerifiedWorkflow;
}

/** Opens subjects of every kind: one statement that locks what the caller names and reads state, roles and facts. */
export class SubjectOpener {
  private readonly ports: ReadonlyMap<string, SubjectPort>;

  constructor(
    subjects: readonly SubjectPort[],
    private readonly workflows: WorkflowSource,
  ) {
    this.ports = new Map(subjects.map((port) => [port.kind, port]));
  }

  /** `locks`: owners whose rows a move locks; null only looks. Throws SubjectNotFound, NotRegistered. */
  async open(
    tx: Transaction,
    { subject, actor, receivedAt }: OpenRequest,
    locks: readonly string[] | null,
  ): Promise<OpenedRow> {
    const values = [subject.id, actor.id, locks, receivedAt];
    const { kind, opens } = this.portOf(subject.kind);
    const rows = await tx.query<{ opened: OpenedRow | null }>(openStatement(kind, opens, locks !== null), values);
    const opened = rows[0]?.opened ?? null;
    if (opened === null) throw new SubjectNotFound(subject.kind, subject.id);
    return opened;
  }

  /** Opens without a lock, and reads the rules that apply. Throws SubjectNotFound, NotRegistered. */
  async openWithRules(tx: Transaction, request: OpenRequest): Promise<Opened> {
    const opened = await this.open(tx, request, null);
    return { opened, workflow: await this.rulesOf(opened) };
  }

  /** The workflow that the subject's call froze. */
  rulesOf({ rulesHash, workflow }: OpenedRow): Promise<VerifiedWorkflow> {
    return this.workflows.workflow(rulesHash, workflow);
  }

  /** Throws NotRegistered. */
  portOf(kind: string): SubjectPort {
    const port = this.ports.get(kind);
    if (port === undefined) throw new NotRegistered('subject', kind);
    return port;
  }
}

/** Opens a subject to look at it, or to move it: then with its terms, in the same statement. */
function openStatement(kind: string, opens: string, moves: boolean): Statement {
  const opened = `${opens}($1, $2, $3, $4)`;
  return moves
    ? { name: `open-${kind}`, text: `select app.with_terms(${opened}, $1) as opened` }
    : { name: `look-at-${kind}`, text: `select ${opened} as opened` };
}
