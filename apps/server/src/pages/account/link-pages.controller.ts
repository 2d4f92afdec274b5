import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isEmail } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { DomainError } from '#lib/kernel';
import { SignInByLink } from '#lib/people';
import { SessionCookie } from '../../edge/session-cookie.js';
import { faultOf, repairableFaultOf } from '../fault.js';
import { fieldsOf, localPath } from '../form-fields.js';
import { Pages } from '../pages.js';
import { goingOn, thenOf } from './kept.js';
import { carriedOn, itemsOf, signInPage } from './sign-in.view.js';

/** Signing in by a link in a mail: also the way in for who forgot a password. No answer tells who has an account. */
@ApiExcludeController()
@Controller()
@Policy('public')
export class LinkPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly byLink: SignInByLink,
    private readonly cookie: SessionCookie,
  ) {}

  /** The answer to a form stands at this address: who changes the language there, or reloads it, comes back to signing in. */
  @Get('inloggen/link')
  backToSignIn(@Res() reply: FastifyReply): void {
    void reply.redirect('/inloggen', 303);
  }

  @Post('inloggen/link')
  async askForLink(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = fieldsOf(request);
    const { email = '' } = fields;
    if (!isEmail(email.trim())) {
      const linkError = this.pages.say(request, 'account.error-email');
      this.pages.show(
        request,
        reply,
        signInPage(this.pages, request, { email, kept: carriedOn(fields), linkError, status: 422 }),
      );
      return;
    }
    const kept = carriedOn(fields);
    try {
      await this.byLink.request(email.trim(), request.ip, goingOn(kept, this.cookie.read(request)));
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      const asked = { email, kept, linkError: message, status: 429 };
      this.pages.show(request, reply, signInPage(this.pages, request, asked));
      return;
    }
    const title = this.pages.say(request, 'account.link-sent-title');
    // Also in this window, for who signs in elsewhere and comes back.
    const model = { email, then: kept.then, items: itemsOf(kept.answers) };
    this.pages.show(request, reply, { view: 'link-sent', title, model });
  }

  /** Only a button: mail scanners open every link they see, and a link works once. */
  @Get('inloggen/link/:token')
  showLink(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const title = this.pages.say(request, 'account.link-title');
    this.pages.show(request, reply, { view: 'link', title, model: { address: request.url } });
  }

  @Post('inloggen/link/:token')
  async useLink(
    @Req() request: FastifyRequest<{ Params: { token: string } }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const signedIn = await this.byLink.use(request.params.token, this.cookie.read(request) ?? null);
      this.cookie.set(reply, signedIn.sessionId);
      const { _action: action } = fieldsOf(request);
      void reply.redirect(action === 'wachtwoord' ? '/wachtwoord' : localPath(thenOf(request)), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { message, status } = faultOf(error, request);
      this.pages.show(request, reply, signInPage(this.pages, request, { fault: message, status }));
    }
  }
}
