import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, regionsOf } from '#lib/access';
import { Database } from '#lib/database';
import { READ_PAUSE, type WorkPause } from '#lib/engine';
import { languageOf } from '../../edge/language.js';
import { TaskList } from '../../tasks/task-list.js';
import { BoardWorks } from '../board/board-work.js';
import { Pages } from '../pages.js';
import { todoView } from './todo.view.js';

/** The first page: what this is, or what the person must do now. */
@ApiExcludeController()
@Controller()
@Policy('public')
export class StartPageController {
  constructor(
    private readonly pages: Pages,
    private readonly tasks: TaskList,
    private readonly boards: BoardWorks,
    private readonly database: Database,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.viewer?.id == null) {
      const title = this.pages.say(request, 'start.welcome-title');
      this.pages.show(request, reply, { view: 'welcome', title, model: {} });
      return;
    }
    const todo = await this.tasks.of(request);
    const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
      this.pages.say(request, key, values);
    const language = languageOf(request);
    const words = { language, now: request.receivedAt, say, has: (key: string) => this.pages.views.texts.has(key) };
    const rounds = todo.rounds.map((round) => ({ ...round, name: round.name[language] }));
    const { mandates, toAnswer } = await this.boards.of(request.viewer.id);
    const board = { hasBoard: mandates.length > 0, openParts: toAnswer.length };
    const isStaff = regionsOf(request.viewer).length > 0;
    const [paused] = isStaff ? await this.database.ask<WorkPause>(READ_PAUSE) : [];
    const model = { tiles: todoView(todo, words), rounds, ...board, paused };
    this.pages.show(request, reply, { view: 'start', title: say('start.title'), model });
  }

  /** A task that ends only when somebody says so. */
  @Post('taken/:id/klaar')
  @Policy('self')
  async done(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.tasks.done(id, request);
    void reply.redirect('/', 303);
  }
}
