import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Engine } from '#lib/engine';
import { NATIONAL, StartInitiative } from '#lib/intake';
import { FindSchools } from '#lib/people';
import { actorOf, personOf } from '../../edge/request-facts.js';
import { fieldsOf, formKeyOf } from '../form-fields.js';
import { Pages } from '../pages.js';
import { EMPTY, initiativeErrors, initiativeIn } from './initiative-form.js';
import { initiativeFormPage, schoolIn, type FormShown } from './initiative-form-page.js';

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
    const action = fields['_action'] ?? '';
    const school = await schoolIn(fields, this.schools);
    const written = initiativeIn(fields, school);
    if (action === 'search') {
      const sought = fields['school.search'] ?? '';
      this.form(request, reply, { written, sought, found: await this.schools.search(sought), school });
      return;
    }
    const errors = initiativeErrors(written, (key) => this.pages.say(request, key));
    if (action.startsWith('pick:') || errors.length > 0) {
      this.form(request, reply, { written, school, errors: action.startsWith('pick:') ? [] : errors });
      return;
    }
    const { receivedAt } = request;
    const region = school?.region ?? NATIONAL;
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
    const place = { pages: this.pages, request, title, address: '/initiatieven/nieuw' };
    this.pages.show(request, reply, initiativeFormPage(shown, place));
  }
}
