import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SignIn, SignInByLink, SignInDto, SignInLinkRequestDto, SignOut, UseSignInLinkDto } from '#lib/people';
import { described } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { SessionCookie } from '../edge/session-cookie.js';

const SIGNED_IN = described<{ personId: string }>('SignedIn', { personId: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e' });

@ApiTags('people')
@Controller('api/v1')
@Policy('public')
export class SessionsController {
  constructor(
    private readonly signIn: SignIn,
    private readonly byLink: SignInByLink,
    private readonly signOut: SignOut,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('sessions')
  @Documented({
    summary:
      'Signs in by address and password; the session comes as a cookie. 401 is the same for an unknown address and a wrong password.',
    ...{ status: 201, answer: SIGNED_IN, throttled: true },
  })
  async start(
    @Body() body: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ personId: string }> {
    const current = this.cookie.read(request);
    const signedIn = await this.signIn.execute({
      ...{ email: body.email, password: body.password, clientAddress: request.ip },
      ...(current === undefined ? {} : { currentSession: current }),
    });
    this.cookie.set(reply, signedIn.sessionId);
    return { personId: signedIn.personId };
  }

  @Delete('sessions/current')
  @HttpCode(204)
  @Documented({ summary: 'Signs out; succeeds also when nobody was signed in.', status: 204 })
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const current = this.cookie.read(request);
    if (current !== undefined) await this.signOut.execute(current);
    this.cookie.clear(reply);
  }

  @Post('sign-in-links')
  @HttpCode(202)
  @Documented({
    summary: 'Asks for a sign-in link by mail; the answer does not tell whether the address has an account.',
    ...{ status: 202, throttled: true },
  })
  async askForLink(@Body() { email }: SignInLinkRequestDto, @Req() request: FastifyRequest): Promise<void> {
    await this.byLink.request(email, request.ip);
  }

  @Post('sessions/by-link')
  @Documented({
    summary: 'Signs in by the secret of a mailed link, once.',
    ...{ status: 201, answer: SIGNED_IN, refusals: ['sign-in-link-not-valid'] },
  })
  async startByLink(
    @Body() { token }: UseSignInLinkDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ personId: string }> {
    const signedIn = await this.byLink.use(token, this.cookie.read(request) ?? null);
    this.cookie.set(reply, signedIn.sessionId);
    return { personId: signedIn.personId };
  }
}
