import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Database } from '#lib/database';
import { DomainError } from '#lib/kernel';
import { ChangePassword } from '#lib/people';
import { personOf } from '../../edge/request-facts.js';
import { SessionCookie } from '../../edge/session-cookie.js';
import { faultOf } from '../fault.js';
import { fieldsOf } from '../form-fields.js';
import { Pages } from '../pages.js';

const EMAIL = { name: 'own-address', text: 'select email::text from person where id = $1' };

/** Choosing a new password: with the current one, or just after a sign-in by link. */
@ApiExcludeController()
@Controller('wachtwoord')
@Policy('self')
export class PasswordPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly changing: ChangePassword,
    private readonly cookie: SessionCookie,
    private readonly database: Database,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.form(request, reply);
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { current = '', password: newPassword = '' } = fieldsOf(request);
    try {
      const signedIn = await this.changing.execute({
        ...{ personId: personOf(request), currentSession: this.cookie.read(request) ?? '', newPassword },
        ...{ clientAddress: request.ip, ...(current === '' ? {} : { currentPassword: current }) },
      });
      this.cookie.set(reply, signedIn.sessionId);
      void reply.redirect('/', 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.form(request, reply, faultOf(error, request));
    }
  }

  private async form(
    request: FastifyRequest,
    reply: FastifyReply,
    fault?: { message: string; status: number },
  ): Promise<void> {
    const title = this.pages.say(request, 'account.password-title');
    const errors = fault === undefined ? [] : [{ id: 'password', message: fault.message }];
    // For password managers: they keep a password under the name that one signs in with.
    const [person] = await this.database.ask<{ email: string }>(EMAIL, [personOf(request)]);
    const model = { fault: fault?.message ?? null, email: person?.email ?? '' };
    this.pages.show(request, reply, { view: 'password', title, model, errors, status: fault?.status ?? 200 });
  }
}
