import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Engine } from '#lib/engine';
import { StartInitiative } from '#lib/intake';
import { FindSchools } from '#lib/people';
import { actorOf, personOf } from '../../edge/request-facts.js';
import { fieldsOf, formKeyOf } from '../form-fields.js';
import { Pages } from '../pages.js';
import { EMPTY, initiativeErrors, initiativeIn } from './initiative-form.js';
import {
  initiativeFormPage,
  networkOf,
  pressedOn,
  schoolIn,
  searchIn,
  type FormShown,
} from './initiative-form-page.js';

/** An initiative in two minutes: what, for whom, which help. The school leads to its network. */
@ApiExcludeController()
@Controller('initiatieven/nieuw')
@Policy('self')
export class NewInitiativeController {
  constructor(
    private readonly pages: Pages,
    private readonly schools: FindSchools,
    private readonly starting: StartInitiative,
    private readonly engine: Engine,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.form(request, reply, { written: EMPTY });
  }

  @Post()
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const action = pressedOn(fields);
    const school = await schoolIn(fields, this.schools);
    const written = initiativeIn(fields, school);
    if (action === 'search') {
      const search = await searchIn(fields, this.schools, this.pages.say.bind(this.pages, request));
      this.form(request, reply, { written, search, school });
      return;
    }
    const isPicked = action.startsWith('pick:');
    const errors = isPicked ? [] : initiativeErrors(written, (key) => this.pages.say(request, key));
    if (isPicked || errors.length > 0) {
      this.form(request, reply, { written, school, errors, isPicked });
      return;
    }
    const { receivedAt } = request;
    const region = networkOf(school);
    const key = formKeyOf(request);
    const id = await this.starting.execute(written, { actorId: personOf(request), region, receivedAt, key });
    if (action === 'register')
      await this.engine.act({
        subject: { kind: 'initiative', id },
        action: 'register',
        actor: actorOf(request, region),
        receivedAt,
        key: { ...key, route: 'initiative.register' },
      });
    void reply.redirect(`/initiatieven/${id}`, 303);
  }

  private form(request: FastifyRequest, reply: FastifyReply, shown: FormShown): void {
    const title = this.pages.say(request, 'initiative.new-title');
    const place = { pages: this.pages, request, title, address: '/initiatieven/nieuw', isDraft: true };
    this.pages.show(request, reply, initiativeFormPage(shown, place));
  }
}
