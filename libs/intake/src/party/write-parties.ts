import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#lib/database';
import { claimKey, SubjectNotFound, VersionIsStale, writeAudit, type RequestKey } from '#lib/engine';
import type { Instant } from '#lib/kernel';
import { tidyMailbox } from '#lib/people';
import type { FrozenRules } from '#lib/regulation';
import { lockInHand, type InHand } from '../assert-in-hand.js';
import { changeableNow, labelsOf } from '../completion/asked-for.js';
import { OnlyWhatWasAsked } from '../completion/completion-errors.js';
import { askParty, type PartyOptions } from './ask-party.js';
import { judgeAgain } from './judge-again.js';
import { hashOfPart } from './party-hash.js';
import { ADD, CHANGE, REMOVE, STANDING } from './party-statements.js';
import { mayChangeRole, questionsOfRole } from './party-questions.js';
import type { PartyRole, WrittenParty } from './party.js';
import { valuedPart } from './valued-part.js';

interface Place {
  readonly actorId: string;
  readonly region: string;
  readonly receivedAt: Instant;
  readonly key?: RequestKey | undefined;
}

/** A party of a proposal; `revision`: the one that was read, when that matters. */
interface PartyIn {
  readonly proposalId: string;
  readonly id: string;
  readonly revision?: number | undefined;
}

/** Who takes part, written down by who applies while the proposal is in that person's hands. */
export class WriteParties {
  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly options: PartyOptions,
  ) {}

  /** Returns the party's id. Throws SubjectNotFound, ProposalNotInYourHands, OnlyWhatWasAsked, HoursAreWorthMore, KeyUsedForAnother. */
  async add(proposalId: string, written: WrittenParty, place: Place): Promise<string> {
    const party = { proposalId, id: randomUUID() };
    return this.inHand(party, 'party.add', place, async (tx, current) => {
      await this.assertOpen([written.role], current, place);
      await tx.query(ADD, [party.id, place.region, proposalId, ...valuesOf(await this.valued(written, current))]);
    });
  }

  /** Throws SubjectNotFound, ProposalNotInYourHands, OnlyWhatWasAsked, HoursAreWorthMore, VersionIsStale. */
  async change(party: PartyIn, written: WrittenParty, place: Place): Promise<void> {
    const { proposalId, id, revision = null } = party;
    await this.inHand(party, 'party.change', place, async (tx, current) => {
      await this.assertOpen([written.role, await roleOf(tx, party)], current, place);
      const valued = await this.valued(written, current);
      const values = [id, proposalId, ...valuesOf(valued), hashOfPart(valued.part), revision];
      if ((await tx.query(CHANGE, values)).length === 0) await refuse(tx, party);
    });
  }

  /** Throws SubjectNotFound, ProposalNotInYourHands, OnlyWhatWasAsked, VersionIsStale. */
  async remove(party: PartyIn, place: Place): Promise<void> {
    const { proposalId, id, revision = null } = party;
    await this.inHand(party, 'party.remove', place, async (tx, current) => {
      await this.assertOpen([await roleOf(tx, party)], current, place);
      if ((await tx.query(REMOVE, [id, proposalId, revision])).length === 0) await refuse(tx, party);
    });
  }

  /** Mails the party a link to its own part; an earlier link dies. Throws SubjectNotFound, ProposalNotInYourHands, PartyAskedTooOften. */
  async ask(party: PartyIn, place: Place & { readonly applicant: string }): Promise<void> {
    const event = randomUUID();
    const { applicant } = place;
    await this.inHand({ ...party, event }, 'party.ask', place, (tx, { title }) =>
      askParty(tx, { party, title, applicant, region: place.region, eventId: event }, this.options),
    );
  }

  /** Hours count at the rate of the regulation. Throws HoursAreWorthMore. */
  private async valued(written: WrittenParty, { rulesHash }: InHand): Promise<WrittenParty> {
    const { regulation } = await this.frozen.rules(rulesHash);
    return { ...written, part: valuedPart(written.part, regulation.request.hourlyRateCents) };
  }

  /** In a completion only parties change whose part was asked for. */
  private async assertOpen(roles: readonly PartyRole[], current: InHand, { receivedAt }: Place): Promise<void> {
    const form = await this.frozen.form(current.rulesHash);
    const mayChange = changeableNow(form, current, receivedAt);
    const closed = roles.filter((role) => !mayChangeRole(role, mayChange)).flatMap(questionsOfRole);
    if (closed.length > 0) throw new OnlyWhatWasAsked(closed, labelsOf(form, [...new Set(closed)]));
  }

  /** Returns the party's id; of a request that came before, the one it had then, and nothing is done. */
  private async inHand(
    { proposalId, id, event }: PartyIn & { readonly event?: string },
    act: string,
    { region, actorId, key }: Place,
    work: (tx: Transaction, current: InHand) => Promise<void>,
  ): Promise<string> {
    return this.database.unit({ regions: [region], actor: actorId }, async (tx) => {
      const claimed = key === undefined ? null : await claimKey(tx, key, id);
      if (claimed?.repeated === true) return claimed.subjectId;
      await work(tx, await lockInHand(tx, this.frozen, proposalId));
      await judgeAgain(tx, this.frozen, proposalId);
      const data = event === undefined ? {} : { data: { event } };
      await writeAudit(tx, { region, actor: actorId, act, subjectKind: 'party', subjectId: id, ...data });
      return id;
    });
  }
}

/** Throws SubjectNotFound. */
async function roleOf(tx: Transaction, { proposalId, id }: PartyIn): Promise<PartyRole> {
  const [found] = await tx.query<{ role: PartyRole }>(STANDING, [id, proposalId]);
  if (found === undefined) throw new SubjectNotFound('party', id);
  return found.role;
}

/** Throws VersionIsStale when the party is there, SubjectNotFound when it is not. */
async function refuse(tx: Transaction, { proposalId, id, revision }: PartyIn): Promise<never> {
  const [found] = await tx.query<{ revision: number }>(STANDING, [id, proposalId]);
  if (found === undefined || revision === undefined) throw new SubjectNotFound('party', id);
  throw new VersionIsStale(revision, found.revision);
}

function valuesOf(written: WrittenParty): readonly unknown[] {
  const { role, organisation, contactName, email, language, part, institution } = written;
  return [role, organisation, contactName, tidyMailbox(email), language, JSON.stringify(part), institution];
}
