import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { TaskList } from '../../tasks/task-list.js';
import { EveryCall } from '../call/every-call.js';
import { Pages } from '../pages.js';
import { StartWorks } from './start-work.js';
import { todoView } from './todo.view.js';

/** So many of one's own proposals, or of the open calls, before one must look at the whole list. */
const SHOWN = 5;

/** The first page: what this is, or what the person must do now. */
@ApiExcludeController()
@Controller()
@Policy('public')
export class StartPageController {
  constructor(
    private readonly pages: Pages,
    private readonly works: StartWorks,
    private readonly tasks: TaskList,
    private readonly every: EveryCall,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.viewer?.id == null) {
      await this.welcome(request, reply);
      return;
    }
    const { todo, ...work } = await this.works.of(request, SHOWN);
    const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
      this.pages.say(request, key, values);
    const language = languageOf(request);
    const words = { language, now: request.receivedAt, say, has: (key: string) => this.pages.views.texts.has(key) };
    const rounds = todo.rounds.map((round) => ({ ...round, name: round.name[language] }));
    const model = { tiles: todoView(todo, words), rounds, ...work };
    this.pages.show(request, reply, { view: 'start', title: say('start.title'), model });
  }

  private async welcome(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const open = (await this.every.list(request))
      .filter(({ isOpen }) => isOpen)
      .slice(0, SHOWN)
      .map(({ call, region }) => ({ ...call, name: call.name[language], region: region[language] }));
    const title = this.pages.say(request, 'start.welcome-title');
    this.pages.show(request, reply, { view: 'welcome', title, model: { open } });
  }

  /** A task that ends only when somebody says so. */
  @Post('taken/:id/klaar')
  @Policy('self')
  async done(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.tasks.done(id, request);
    void reply.redirect('/', 303);
  }
}
