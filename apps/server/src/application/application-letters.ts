import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { plainLetter, type Letter } from '#lib/documents';
import { applicationLetter, keptUntil, listParties, type PartyView, type SetAside } from '#lib/intake';
import { dateAndTime, type CalendarDate } from '#lib/kernel';
import { FrozenRules } from '#lib/regulation';
import { personOf } from '../edge/request-facts.js';
import { Pages } from '../pages/pages.js';
import { sizeInWords } from '../pages/proposal/files.view.js';
import type { ProposalCase } from '../pages/proposal/proposal-case.js';
import { isWhole } from '../pages/proposal/read.view.js';
import { Subjects } from '../round/subjects.js';
import { keptSince, writtenAside, writtenIn } from './written-application.js';

/** A proposal to keep, on a page. */
export interface ApplicationCopy {
  /** Under which address its files lie. */
  readonly path: string;
  /** Until when it can surely be read; null while nothing ended. */
  readonly until: CalendarDate | null;
  /** The whole of it, to copy; null where the files will do. */
  readonly text: string | null;
}

/** What was set aside, with its proposal. */
export interface KeptAside {
  readonly found: ProposalCase;
  readonly kept: SetAside;
}

/** Applications in words, as one reader may read them. */
@Injectable()
export class ApplicationLetters {
  constructor(
    private readonly subjects: Subjects,
    private readonly frozen: FrozenRules,
    private readonly pages: Pages,
  ) {}

  /** `kept`: of what was set aside instead. */
  async letterOf(found: ProposalCase, request: FastifyRequest, kept?: SetAside): Promise<Letter> {
    const { proposal, form, call } = found;
    const words = this.pages.words(request);
    const { language, say } = words;
    const { regulation } = await this.frozen.rules(call.rulesHash);
    const looking = { now: request.receivedAt, say };
    const around = { network: regulation.label[language], callName: call.name[language] };
    const application =
      kept === undefined
        ? { ...writtenIn(proposal, looking), parties: await this.partiesOf(proposal, request) }
        : { ...writtenAside(proposal, kept, looking), parties: [] };
    return applicationLetter(
      form,
      { ...around, ...application },
      {
        ...{ ...words, moment: (instant) => dateAndTime(language, instant) },
        size: (bytes) => sizeInWords(bytes, language),
      },
    );
  }

  /** What a page offers to keep a copy; who applies also gets the whole text there of what ended or came late, and reads how long it stays. */
  async copyOf(found: ProposalCase, request: FastifyRequest): Promise<ApplicationCopy> {
    const { id } = found.proposal;
    const since = keptSince(found.proposal);
    const path = `/aanvragen/${id}`;
    if (since === null) return { path, until: null, text: null };
    return { path, until: keptUntil(since), text: plainLetter(await this.letterOf(found, request)) };
  }

  /** The same of what was set aside. */
  async copyOfSetAside({ found, kept }: KeptAside, request: FastifyRequest): Promise<ApplicationCopy> {
    const path = `/aanvragen/${found.proposal.id}/niet-ingediend`;
    return { path, until: keptUntil(kept.setAsideAt), text: plainLetter(await this.letterOf(found, request, kept)) };
  }

  private async partiesOf(proposal: ProposalCase['proposal'], request: FastifyRequest): Promise<readonly PartyView[]> {
    const { id } = proposal;
    if (!isWhole(proposal)) return [];
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) => listParties(tx, id));
  }
}
