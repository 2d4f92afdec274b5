import { randomUUID } from 'node:crypto';
import type { Transaction } from '#lib/database';
import { move, termsIn, type VerifiedWorkflow } from '#lib/workflow';
import { failpoint } from '#lib/settings';
import { writeAudit } from './audit/write-audit.js';
import { AlreadySettled, VersionIsStale } from './engine-errors.js';
import { runEffects } from './effects.js';
import { factsOf } from './facts.js';
import { claimKey } from './idempotency.js';
import { MoveWrites, type Actor, type MoveContext, type SubjectRef } from './move-context.js';
import type { EngineOptions, MoveAnswer, MoveRequest } from './move-request.js';
import { writeNotices } from './notice.js';
import { rolesOf } from './roles-of.js';
import { SubjectOpener, type Opened, type OpenRequest } from './subject-opener.js';
import { SubjectReader } from './subject-reader.js';
import type { DueReminder, OpenedRow } from './subject.js';
import { dueOf, keepTerms } from './term-keeper.js';
import { writeStatement } from './write-statement.js';
import { writeValues } from './write-move.js';

/** Locks of an action before any workflow was seen: all owners, which is always enough. */
const ALL_OWNERS: readonly string[] = ['call', 'seat', 'proposal', 'review', 'ledger'];

/** Durable moves: lock, read the facts, judge, and write state, transition, audit, mail and terms in one short transaction. */
export class Engine {
  /** The half that moves nothing. */
  readonly reader: SubjectReader;
  private readonly subjects: SubjectOpener;
  /** Owners that an action of a kind locked last time: the first guess, checked against the rules that turn out to apply. */
  private readonly guesses = new Map<string, readonly string[]>();

  constructor(private readonly options: EngineOptions) {
    this.subjects = new SubjectOpener(options.subjects, options.workflows);
    this.reader = new SubjectReader(options.database, this.subjects);
  }

  /**
   * Makes a move. Throws SubjectNotFound, ActionUnknown (404), MoveRefused (409), VersionIsStale (412), KeyUsedForAnother (422);
   * after any of them nothing was written.
   */
  async act(request: MoveRequest): Promise<MoveAnswer> {
    const { actor } = request;
    const answer = await this.options.database.unit({ regions: actor.regions, actor: actor.id }, (tx) =>
      this.move(tx, request),
    );
    if (answer.repeated) return answer;
    failpoint('move.committed');
    this.options.ring();
    return answer;
  }

  /**
   * Begins a subject whose row was inserted in this transaction: its first terms and its audit entry. Throws SubjectNotFound.
   */
  async begin(tx: Transaction, request: OpenRequest): Promise<OpenedRow> {
    const { subject, actor, receivedAt } = request;
    const { opened, workflow } = await this.subjects.openWithRules(tx, request);
    const writes = new MoveWrites();
    const facts = factsOf(opened, { receivedAt, actorId: actor.id });
    // A moment that had passed before the subject existed asks nothing of it: a draft begun after closing does not expire at once.
    const terms = termsIn(workflow, opened.state).filter(({ definition }) => {
      const due = definition.due === undefined ? null : dueOf(definition, facts, receivedAt);
      return due === null || due > receivedAt;
    });
    keepTerms({ tx, subject, opened, receivedAt, writes, action: 'create' }, terms, { facts, open: [] });
    const { kind: subjectKind, id: subjectId } = subject;
    const act = `${subjectKind}.create`;
    writes.send(writeAudit(tx, { region: opened.region, actor: actor.id, act, subjectKind, subjectId }));
    await writes.settled();
    return opened;
  }

  /** Writes the mails that a term of a subject is about to end, in the caller's transaction. Throws SubjectNotFound. */
  async remind(tx: Transaction, reminder: Omit<DueReminder, 'waitsFor'>, actor: Actor): Promise<void> {
    const { subject } = reminder;
    const { opened, workflow } = await this.subjects.openWithRules(tx, { subject, actor, receivedAt: await now(tx) });
    const waitsFor = workflow.definition.states[opened.state]?.['waits-for'] ?? null;
    const notices = await this.subjects.portOf(subject.kind).remind?.(tx, { ...reminder, waitsFor });
    const about = (notices ?? []).map((notice) => ({ about: subject, ...notice }));
    await writeNotices(tx, about, this.options.messageIds);
  }

  private async move(tx: Transaction, request: MoveRequest): Promise<MoveAnswer> {
    const guess = `${request.subject.kind}.${request.action}`;
    const locks = this.guesses.get(guess) ?? ALL_OWNERS;
    const claiming = request.key === undefined ? null : claimKey(tx, request.key, request.subject.id);
    const [claimed, opened] = await inOneFlight(claiming, this.subjects.open(tx, request, locks));
    if (claimed?.repeated === true)
      return repeatedAnswer({ kind: request.subject.kind, id: claimed.subjectId }, opened);
    if (request.version !== undefined && request.version !== opened.version)
      throw new VersionIsStale(request.version, opened.version);
    const workflow = await this.subjects.rulesOf(opened);
    const current = await this.withEveryLock(tx, request, { workflow, opened, locks });
    this.guesses.set(guess, ownersOf(workflow, request.action));
    failpoint('move.locked');
    return this.judgeAndWrite(tx, request, { workflow, opened: current });
  }

  /** Opens again with all locks when the rules of this call read facts of an owner that the guess did not lock. */
  private async withEveryLock(
    tx: Transaction,
    request: MoveRequest,
    first: Opened & { readonly locks: readonly string[] },
  ): Promise<OpenedRow> {
    const needed = ownersOf(first.workflow, request.action);
    const isEnough = needed.every((owner) => first.locks.includes(owner));
    return isEnough ? first.opened : this.subjects.open(tx, request, ALL_OWNERS);
  }

  private async judgeAndWrite(tx: Transaction, request: MoveRequest, judged: Opened): Promise<MoveAnswer> {
    const { workflow, opened } = judged;
    const { subject, actor, receivedAt, action } = request;
    const payload = request.payload ?? {};
    const facts = factsOf(opened, { receivedAt, actorId: actor.id });
    const moved = move(workflow, { state: opened.state, facts, roles: rolesOf(opened, actor) }, action, payload);
    const context: MoveContext = {
      ...{ tx, subject, opened, action, payload, actor, receivedAt },
      to: { state: moved.to, phase: moved.phase },
      eventId: randomUUID(),
      writes: new MoveWrites(),
    };
    const port = this.subjects.portOf(subject.kind);
    await runEffects(port, moved, context);
    await settle(tx, request);
    keepTerms(context, moved.terms, { facts, open: opened.terms ?? [] });
    failpoint('move.judged');
    const record = { rulesHash: opened.rulesHash, factsUsed: moved.factsUsed };
    const last = tx.queryAndCommit<{ version: number }>(
      writeStatement(port),
      writeValues(context, record, this.options.messageIds),
    );
    const [, rows] = await inOneFlight(context.writes.settled(), last);
    const version = rows[0]?.version ?? opened.version + 1;
    return { subject, repeated: false, eventId: context.eventId, state: moved.to, version, warnings: moved.warnings };
  }
}

/** Whose rows the conditions of an action read; an action that no state has reads none. */
function ownersOf(workflow: VerifiedWorkflow, action: string): readonly string[] {
  return workflow.lockOwners.get(action) ?? [];
}

function repeatedAnswer(subject: SubjectRef, opened: OpenedRow): MoveAnswer {
  return { subject, repeated: true, eventId: null, state: opened.state, version: opened.version, warnings: [] };
}

/** What travels in one flight is awaited as a whole; the first error is the cause, the other only follows from it. */
async function inOneFlight<A, B>(first: Promise<A> | null, second: Promise<B>): Promise<[A | null, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason;
  if (b.status === 'rejected') throw b.reason;
  return [a.value, b.value];
}

async function now(tx: Transaction): Promise<string> {
  const [row] = await tx.query<{ now: string }>({ name: 'app-now', text: 'select app_now() as now' });
  return row?.now ?? '';
}

async function settle(tx: Transaction, request: MoveRequest): Promise<void> {
  if (request.settles === undefined) return;
  const { what, sql, values } = request.settles;
  const rows = await tx.query(sql, values);
  if (rows.length !== 1) throw new AlreadySettled(what);
}
