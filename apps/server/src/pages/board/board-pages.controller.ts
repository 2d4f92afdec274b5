import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, Policy, regionsOf } from '#lib/access';
import { FindSchools, type MandateView } from '#lib/people';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Pages } from '../pages.js';
import { standingKey } from '../proposal/standing.js';
import { BoardWorks } from './board-work.js';

interface FoundBoard {
  readonly board: string;
  readonly boardName: string;
}

/** One login, several schools: what was asked of the schools of one's boards, and one's mandates. Staff find a board here. */
@ApiExcludeController()
@Controller('schoolbestuur')
@Policy('self')
export class BoardPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly works: BoardWorks,
    private readonly schools: FindSchools,
  ) {}

  @Get()
  async show(@Query('zoek') query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { mandates, toAnswer, answered, proposals } = await this.works.of(personOf(request));
    const language = languageOf(request);
    const isStaff = regionsOf(request.viewer ?? NOBODY, ['coordinator', 'national-office']).length > 0;
    const sought = isStaff && typeof query === 'string' ? query : '';
    const boards = sought === '' ? null : await this.boardsFor(sought);
    this.pages.show(request, reply, {
      view: 'board',
      title: this.pages.say(request, isStaff ? 'board.title-staff' : 'board.title'),
      model: {
        ...{ isStaff, sought, boards, foundNothing: boards?.length === 0 },
        mandates: mandates.map((mandate) => this.mandateView(request, mandate)),
        signsFor: [
          ...new Map(mandates.filter(signs).map(({ board, boardName }) => [board, { board, boardName }])).values(),
        ],
        toAnswer: toAnswer.map((part) => ({ ...part, callName: part.call[language] })),
        answered: answered.map((part) => ({ ...part, stateText: `party.state-${part.state}` })),
        proposals: proposals.map((one) => ({ ...one, phaseText: standingKey(one) })),
      },
    });
  }

  private mandateView(request: FastifyRequest, mandate: MandateView): object {
    return { ...mandate, kindTexts: mandate.kinds.map((kind) => this.pages.say(request, `board.kind-${kind}`)) };
  }

  private async boardsFor(sought: string): Promise<readonly FoundBoard[]> {
    const found = await this.schools.search(sought);
    return [...new Map(found.map(({ board, boardName }) => [board, { board, boardName }])).values()];
  }
}

function signs({ isSignatory, holds }: MandateView): boolean {
  return isSignatory && holds;
}
