import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SignOut } from '#lib/people';
import { SessionCookie } from '../../edge/session-cookie.js';

/** Signing out; succeeds also when nobody was signed in. */
@ApiExcludeController()
@Controller('uitloggen')
@Policy('public')
export class SignOutController {
  constructor(
    private readonly signOut: SignOut,
    private readonly cookie: SessionCookie,
  ) {}

  @Post()
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const current = this.cookie.read(request);
    if (current !== undefined) await this.signOut.execute(current);
    this.cookie.clear(reply);
    void reply.redirect('/', 303);
  }
}
