import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NOBODY, regionsOf } from '#lib/access';
import { Database } from '#lib/database';
import { listKeptTexts, type KeptText } from '#lib/people';
import { READ_PAUSE, READ_RELAY, type RelayRefusal, type WorkPause } from '#lib/engine';
import { personOf } from '../../edge/request-facts.js';
import { TaskList, type Todo } from '../../tasks/task-list.js';
import { BoardWorks } from '../board/board-work.js';
import { OwnProposals } from '../proposal/own-proposals.js';

/** What the first page of a signed-in person is made of. */
interface StartWork {
  readonly todo: Todo;
  /** The newest proposals of the person's own, and whether there are more. */
  readonly proposals: readonly object[];
  readonly hasMore: boolean;
  readonly hasBoard: boolean;
  /** Parts of proposals that wait for a school board of the person's. */
  readonly openParts: number;
  readonly isStaff: boolean;
  /** What the person typed before signing in and has not sent yet. */
  readonly kept: readonly KeptText[];
  /** Staff are told when mails and terms stand still. */
  readonly paused: WorkPause | undefined;
  /** And when the mail relay takes none of our mail. */
  readonly relay: RelayRefusal | undefined;
}

/** Reads it. */
@Injectable()
export class StartWorks {
  constructor(
    private readonly tasks: TaskList,
    private readonly boards: BoardWorks,
    private readonly own: OwnProposals,
    private readonly database: Database,
  ) {}

  async of(request: FastifyRequest, mostProposals: number): Promise<StartWork> {
    const todo = await this.tasks.of(request);
    const { mandates, toAnswer } = await this.boards.of(personOf(request));
    const isStaff = regionsOf(request.viewer ?? NOBODY).length > 0;
    const [paused] = isStaff ? await this.database.ask<WorkPause>(READ_PAUSE) : [];
    const [relay] = isStaff ? await this.database.ask<RelayRefusal>(READ_RELAY) : [];
    const kept = await listKeptTexts(this.database, personOf(request));
    const own = await this.own.of(request, mostProposals + 1);
    const [proposals, hasMore] = [own.slice(0, mostProposals), own.length > mostProposals];
    const [hasBoard, openParts] = [mandates.length > 0, toAnswer.length];
    return { todo, proposals, hasMore, hasBoard, openParts, isStaff, paused, relay, kept };
  }
}
