import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { isMailbox, SignUp } from '#lib/people';
import { SessionCookie } from '../../edge/session-cookie.js';
import { languageOf } from '../../edge/language.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf, textIn, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { goingOn } from './kept.js';
import { carriedOn, signUpPage } from './sign-in.view.js';

/** An account for whoever has an idea: a name and an address, then a link in a mail. */
@ApiExcludeController()
@Controller('account')
@Policy('public')
export class SignUpPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly signUp: SignUp,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.form(request, reply, {}, []);
  }

  @Post()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const [name, email] = [textIn(fields, 'name', 200), (fields['email'] ?? '').trim()];
    const errors: FieldError[] =
      name === '' ? [{ id: 'name', message: this.pages.say(request, 'account.error-name') }] : [];
    if (!isMailbox(email)) errors.push({ id: 'email', message: this.pages.say(request, 'account.error-email') });
    if (errors.length > 0) {
      this.form(request, reply, fields, errors);
      return;
    }
    const going = goingOn(carriedOn(fields), this.cookie.read(request));
    try {
      await this.signUp.request({ email, name, language: languageOf(request), clientAddress: request.ip, going });
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      this.form(request, reply, fields, [{ id: 'email', message }]);
      return;
    }
    const text = this.pages.say(request, 'account.sign-up-sent', { email });
    this.pages.show(request, reply, {
      view: 'message',
      title: this.pages.say(request, 'account.link-sent-title'),
      model: { text },
    });
  }

  private form(request: FastifyRequest, reply: FastifyReply, fields: Fields, errors: readonly FieldError[]): void {
    this.pages.show(request, reply, signUpPage(this.pages, request, { fields, errors, kept: carriedOn(fields) }));
  }
}
