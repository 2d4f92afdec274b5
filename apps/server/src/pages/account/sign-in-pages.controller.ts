import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { DomainError } from '#lib/kernel';
import { KeptTexts, SignIn } from '#lib/people';
import { SessionCookie } from '../../edge/session-cookie.js';
import { fieldsOf, localPath } from '../form-fields.js';
import { Pages } from '../pages.js';
import { carriedOn, signInPage } from './sign-in.view.js';
import { goingOn } from './kept.js';
import { faultOf } from '../fault.js';

/** Signing in by password. No answer tells who has an account. */
@ApiExcludeController()
@Controller()
@Policy('public')
export class SignInPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly signIn: SignIn,
    private readonly cookie: SessionCookie,
    private readonly texts: KeptTexts,
  ) {}

  @Get('inloggen')
  show(@Query('terug') then: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const kept = { then: localPath(typeof then === 'string' ? then : undefined), answers: {} };
    this.pages.show(request, reply, signInPage(this.pages, request, { kept }));
  }

  @Post('inloggen')
  async withPassword(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const { email = '', password = '' } = fields;
    const kept = carriedOn(fields);
    const current = this.cookie.read(request);
    try {
      const signedIn = await this.signIn.execute({
        ...{ email: email.trim(), password, clientAddress: request.ip },
        ...(current === undefined ? {} : { currentSession: current }),
      });
      this.cookie.set(reply, signedIn.sessionId);
      void reply.redirect(await this.texts.keep(email.trim(), goingOn(kept, signedIn.sessionId)), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { message, status } = faultOf(error, request);
      this.pages.show(request, reply, signInPage(this.pages, request, { email, kept, fault: message, status }));
    }
  }
}
