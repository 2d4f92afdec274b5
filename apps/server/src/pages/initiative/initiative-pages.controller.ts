import { Controller, Get, Post, Query, Req, Res, UnauthorizedException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { FindSchools } from '#lib/people';
import { keptOf, signUpPage } from '../account/sign-in.view.js';
import { fieldsOf } from '../form-fields.js';
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
import { NewInitiatives } from './new-initiative.js';

/**
 * An initiative in two minutes: what, for whom, which help. The school leads to its network. Anybody may write one; who sends it is asked
 * for a name and an address, and finds the text again behind the link in the mail.
 */
@ApiExcludeController()
@Controller('initiatieven/nieuw')
@Policy('public')
export class NewInitiativeController {
  constructor(
    private readonly pages: Pages,
    private readonly schools: FindSchools,
    private readonly starting: NewInitiatives,
  ) {}

  @Get()
  async show(
    @Query('bewaard') keptId: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = await this.starting.keptFields(keptId, request);
    const school = await schoolIn(fields ?? {}, this.schools);
    const written = fields === null ? EMPTY : initiativeIn(fields, school);
    this.form(request, reply, { written, school, ...(fields === null ? {} : { keptId: String(keptId) }) });
  }

  @Post()
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const action = pressedOn(fields);
    const school = await schoolIn(fields, this.schools);
    const written = initiativeIn(fields, school);
    const kept = fields['_keptId'] === undefined ? {} : { keptId: fields['_keptId'] };
    if (action === 'search') {
      const search = await searchIn(fields, this.schools, this.pages.say.bind(this.pages, request));
      this.form(request, reply, { written, search, school, ...kept });
      return;
    }
    const isPicked = action.startsWith('pick:');
    const errors = isPicked ? [] : initiativeErrors(written, (key) => this.pages.say(request, key));
    if (isPicked || errors.length > 0) {
      this.form(request, reply, { written, school, errors, isPicked, ...kept });
      return;
    }
    if (request.viewer?.id == null) {
      // Whose session has ended signs in again; who never had one gets an account.
      if (this.starting.hadSession(request)) throw new UnauthorizedException();
      this.pages.show(request, reply, signUpPage(this.pages, request, { kept: keptOf(request) }));
      return;
    }
    const id = await this.starting.start(request, written, networkOf(school), action === 'register');
    void reply.redirect(`/initiatieven/${id}`, 303);
  }

  private form(request: FastifyRequest, reply: FastifyReply, shown: FormShown): void {
    const title = this.pages.say(request, 'initiative.new-title');
    const place = { pages: this.pages, request, title, address: '/initiatieven/nieuw', isDraft: true };
    this.pages.show(request, reply, initiativeFormPage(shown, place));
  }
}
