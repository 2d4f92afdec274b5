import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isEmail } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SignUp } from '#lib/people';
import { languageOf } from '../../edge/language.js';
import { fieldsOf, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';

/** An account for whoever has an idea: a name and an address, then a link in a mail. */
@ApiExcludeController()
@Controller('account')
@Policy('public')
export class SignUpPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly signUp: SignUp,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.form(request, reply, {}, []);
  }

  @Post()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const [name, email] = [(fields['name'] ?? '').trim().slice(0, 200), (fields['email'] ?? '').trim()];
    const errors: FieldError[] =
      name === '' ? [{ id: 'name', message: this.pages.say(request, 'account.error-name') }] : [];
    if (!isEmail(email)) errors.push({ id: 'email', message: this.pages.say(request, 'account.error-email') });
    if (errors.length > 0) {
      this.form(request, reply, fields, errors);
      return;
    }
    await this.signUp.request({ email, name, language: languageOf(request), clientAddress: request.ip });
    const text = this.pages.say(request, 'account.sign-up-sent', { email });
    this.pages.show(request, reply, {
      view: 'message',
      title: this.pages.say(request, 'account.link-sent-title'),
      model: { text },
    });
  }

  private form(request: FastifyRequest, reply: FastifyReply, fields: Fields, errors: readonly FieldError[]): void {
    const title = this.pages.say(request, 'account.sign-up-title');
    const errorFor = Object.fromEntries(errors.map(({ id, message }) => [id, message]));
    this.pages.show(request, reply, {
      view: 'sign-up',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      model: { fields, errorFor },
    });
  }
}
