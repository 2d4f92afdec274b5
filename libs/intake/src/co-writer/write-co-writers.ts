import { randomUUID } from 'node:crypto';
import { appliesTo, writesAlong, type Viewer } from '#lib/access';
import type { Database, Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, writeAudit, type RequestKey } from '#lib/engine';
import type { Language } from '#lib/kernel';
import { tidyMailbox, writeInvitation, type PeopleOptions } from '#lib/people';
import type { FrozenRules } from '#lib/regulation';
import { lockInHand } from '../assert-in-hand.js';
import { isNamed } from '../is-named.js';
import {
  CoWriterIsYourself,
  CoWritersAskedTooOften,
  MOST_CO_WRITERS,
  MOST_INVITATIONS_A_DAY,
  TooManyCoWriters,
  WritesAlongAlready,
} from './co-writer-errors.js';

/** A colleague, as who applies names them. */
export interface AskedColleague {
  readonly name: string;
  readonly email: string;
  readonly language: Language;
}

interface Place {
  readonly viewer: Viewer;
  readonly region: string;
}

/** Serialises the invitations of one account, whichever proposal they are for. */
const ONE_AT_A_TIME = { name: 'lock-co-writer-inviter', text: `select pg_advisory_xact_lock(7120314, hashtext($1))` };
/** A second invitation of the same address replaces the first. */
const REPLACE = {
  name: 'replace-co-writer-invitation',
  text: `update invitation set withdrawn_at = app_now()
    where proposal_id = $1 and email = $2::citext and accepted_at is null and withdrawn_at is null`,
};
const COUNTS = {
  name: 'count-co-writers',
  text: `select (select count(*) from invitation where proposal_id = $1 and accepted_at is null and withdrawn_at is null and expires_at > app_now())::int
      + (select count(*) from co_writer where proposal_id = $1 and ended_at is null)::int as held,
    app.co_writers_asked_today($2)::int as today, (select email = $3::citext from person where id = $2) as "isYourself",
    exists (select 1 from co_writer w join person c on c.id = w.person_id
      where w.proposal_id = $1 and w.ended_at is null and c.email = $3::citext) as "isCoWriter"`,
};
const CALL = {
  name: 'call-of-co-writer',
  text: `select c.name_nl as nl, c.name_en as en from proposal p join call c on c.id = p.call_id where p.id = $1`,
};
/** Also after the closing, and when the proposal is over: who applies decides who reads it. */
const WITHDRAW = {
  name: 'withdraw-co-writer-invitation',
  text: `update invitation i set withdrawn_at = app_now() from proposal p where i.id = $2 and i.proposal_id = $1 and p.id = $1
    and i.accepted_at is null and i.withdrawn_at is null and ${appliesTo('p')} returning i.id`,
};
const REMOVE = {
  name: 'remove-co-writer',
  text: `update co_writer w set ended_at = app_now(), ended_by = app.actor() from proposal p where w.id = $2 and w.proposal_id = $1 and p.id = $1
    and w.ended_at is null and ${appliesTo('p')} returning w.id`,
};
const LEAVE = {
  name: 'leave-as-co-writer',
  text: `update co_writer w set ended_at = app_now(), ended_by = app.actor() from proposal p where p.id = $1 and w.proposal_id = p.id
    and w.person_id = app.actor() and w.ended_at is null and ${writesAlong('p')} returning w.id`,
};

interface Counts {
  readonly held: number;
  readonly today: number;
  readonly isYourself: boolean;
  readonly isCoWriter: boolean;
}

/** Who applies lets colleagues write along on a proposal, and ends that again; a colleague can leave. */
export class WriteCoWriters {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly options: PeopleOptions,
  ) {}

  /**
   * Mails the colleague a link, while the proposal is in the hands of who applies. Returns the invitation's id. Throws SubjectNotFound,
   * ProposalNotInYourHands, CoWriterIsYourself, WritesAlongAlready, TooManyCoWriters, CoWritersAskedTooOften, KeyUsedForAnother.
   */
  async invite(
    proposalId: string,
    asked: AskedColleague,
    place: Place & { readonly key: RequestKey },
  ): Promise<string> {
    const { viewer, region, key } = place;
    const id = randomUUID();
    const colleague = { ...asked, email: tidyMailbox(asked.email) };
    return this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      const claimed = await claimKey(tx, key, id);
      if (claimed.repeated) return claimed.subjectId;
      const { number, title } = await lockInHand(tx, this.frozen, proposalId);
      await tx.query(ONE_AT_A_TIME, [viewer.id]);
      await tx.query(REPLACE, [proposalId, colleague.email]);
      await assertRoom(tx, proposalId, viewer.id, colleague.email);
      const [call] = await tx.query<Record<Language, string>>(CALL, [proposalId]);
      const view = { number, title: isNamed(title) ? title : null, call: call?.[colleague.language] ?? '' };
      await writeInvitation(tx, this.options, {
        ...{ ...colleague, id, region, roles: [], inviter: viewer, actor: viewer.id, expiresAt: null },
        ...{ template: 'co-writer-asked', then: `/aanvragen/${proposalId}`, isText: false },
        proposal: { id: proposalId, view },
      });
      return id;
    });
  }

  /** Takes back an open invitation, or ends the writing along, at once. Throws SubjectNotFound. */
  async end(proposalId: string, id: string, { viewer, region }: Place): Promise<void> {
    await this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      const [withdrawn] = await tx.query(WITHDRAW, [proposalId, id]);
      const [removed] = withdrawn === undefined ? await tx.query(REMOVE, [proposalId, id]) : [];
      if (withdrawn === undefined && removed === undefined) throw new SubjectNotFound('co-writer', id);
      const act = withdrawn === undefined ? 'co-writer.remove' : 'co-writer.withdraw-invitation';
      const subject = { subjectKind: 'proposal', subjectId: proposalId, data: { coWriter: id } };
      await writeAudit(tx, { region, actor: viewer.id, act, ...subject });
    });
  }

  /** The colleague writes along no more. Throws SubjectNotFound. */
  async leave(proposalId: string, { viewer, region }: Place): Promise<void> {
    await this.database.unit({ regions: [region], actor: viewer.id }, async (tx) => {
      const [left] = await tx.query<{ id: string }>(LEAVE, [proposalId]);
      if (left === undefined) throw new SubjectNotFound('proposal', proposalId);
      const subject = { subjectKind: 'proposal', subjectId: proposalId, data: { coWriter: left.id } };
      await writeAudit(tx, { region, actor: viewer.id, act: 'co-writer.leave', ...subject });
    });
  }
}

/** Says nothing about accounts of others: only of who writes along, whom the asker sees in the list. */
async function assertRoom(tx: Transaction, proposalId: string, actorId: string | null, email: string): Promise<void> {
  const [counts] = await tx.query<Counts>(COUNTS, [proposalId, actorId, email]);
  if (counts === undefined) return;
  if (counts.isYourself) throw new CoWriterIsYourself();
  if (counts.isCoWriter) throw new WritesAlongAlready(email);
  if (counts.held >= MOST_CO_WRITERS) throw new TooManyCoWriters();
  if (counts.today >= MOST_INVITATIONS_A_DAY) throw new CoWritersAskedTooOften();
}
