import { Injectable } from '@nestjs/common';
import { PageRequest } from '#lib/access';
import { listMandatedParts, listOwnProposals, type MandatedPart, type ProposalRow } from '#lib/intake';
import { ReadMandates, type MandateView } from '#lib/people';
import { Subjects } from '../../round/subjects.js';

const MOST = 200;

/** What a person can do by mandates of school boards. */
export interface BoardWork {
  readonly mandates: readonly MandateView[];
  readonly toAnswer: readonly MandatedPart[];
  readonly answered: readonly MandatedPart[];
  readonly proposals: readonly ProposalRow[];
}

const NOTHING = { toAnswer: [], answered: [], proposals: [] };

/** Reads in one list what was asked of all schools of somebody's boards. */
@Injectable()
export class BoardWorks {
  constructor(
    private readonly subjects: Subjects,
    private readonly mandates: ReadMandates,
  ) {}

  async of(personId: string): Promise<BoardWork> {
    const mandates = await this.mandates.own(personId);
    if (!mandates.some(({ holds }) => holds)) return { mandates, ...NOTHING };
    const page = PageRequest.from(undefined, MOST);
    const work = await this.subjects.readOwn(personId, async (tx) => {
      const { items: parts } = await listMandatedParts(tx, page);
      const { items: proposals } = await listOwnProposals(tx, page);
      const isOpen = ({ state }: MandatedPart): boolean => state === 'asked' || state === 'changed';
      return { toAnswer: parts.filter(isOpen), answered: parts.filter((part) => !isOpen(part)), proposals };
    });
    return { mandates, ...(work ?? NOTHING) };
  }
}
