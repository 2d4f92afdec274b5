import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Engine } from '#lib/engine';
import { StartInitiative, type WrittenInitiative } from '#lib/intake';
import { FindSchools, type FoundSchool } from '#lib/people';
import { actorOf, personOf } from '../../edge/request-facts.js';
import { fieldsOf, formKeyOf, newFormKey, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { EMPTY, initiativeErrors, initiativeFields, initiativeIn } from './initiative-form.js';

interface NewForm {
  readonly written: WrittenInitiative;
  readonly errors?: readonly FieldError[];
  readonly sought?: string;
  readonly found?: readonly FoundSchool[];
  readonly school?: FoundSchool | null;
}

/** Where an initiative without a school goes. */
const NATIONAL = 'landelijk';

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
    const school = await this.schoolIn(fields);
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

  private async schoolIn(fields: Fields): Promise<FoundSchool | null> {
    const site = /^pick:(\w{6})$/.exec(fields['_action'] ?? '')?.[1] ?? fields['school.site'] ?? '';
    const [school] = await this.schools.bySites(site === '' ? [] : [site]);
    return school ?? null;
  }

  private form(
    request: FastifyRequest,
    reply: FastifyReply,
    { written, errors = [], sought = '', found, school = null }: NewForm,
  ): void {
    const say = (key: string): string => this.pages.say(request, key);
    const title = say('initiative.new-title');
    this.pages.show(request, reply, {
      view: 'initiative-new',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: '/initiatieven', label: say('layout.nav-initiatives') }, { label: title }],
      model: {
        ...initiativeFields({ written, errors, say }),
        sought,
        found: found ?? [],
        foundNothing: found?.length === 0,
        picked: school,
        key: newFormKey(),
        address: '/initiatieven/nieuw',
        isNew: true,
      },
    });
  }
}
