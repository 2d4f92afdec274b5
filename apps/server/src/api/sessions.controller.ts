import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SignIn, SignInByLink, SignInDto, SignInLinkRequestDto, SignOut, UseSignInLinkDto } from '#lib/people';
import { SessionCookie } from '../edge/session-cookie.js';

const SIGNED_IN = { personId: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e' };

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

  /** Signs in by address and password; the session comes as a cookie. */
  @Post('sessions')
  @ApiCreatedResponse({ example: SIGNED_IN })
  @ApiResponse({ status: 401, description: 'sign-in-failed: the same for an unknown address and a wrong password.' })
  @ApiResponse({ status: 429, description: 'too-many-attempts, with Retry-After.' })
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

  /** Signs out; succeeds also when nobody was signed in. */
  @Delete('sessions/current')
  @HttpCode(204)
  @ApiNoContentResponse()
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const current = this.cookie.read(request);
    if (current !== undefined) await this.signOut.execute(current);
    this.cookie.clear(reply);
  }

  /** Asks for a sign-in link by mail; the answer does not tell whether the address has an account. */
  @Post('sign-in-links')
  @HttpCode(202)
  @ApiResponse({ status: 202, description: 'If the address has an account, a link is on its way.' })
  @ApiResponse({ status: 429, description: 'too-many-attempts, with Retry-After.' })
  async askForLink(@Body() { email }: SignInLinkRequestDto, @Req() request: FastifyRequest): Promise<void> {
    await this.byLink.request(email, request.ip);
  }

  /** Signs in by the secret of a mailed link, once. */
  @Post('sessions/by-link')
  @ApiCreatedResponse({ example: SIGNED_IN })
  @ApiResponse({ status: 409, description: 'sign-in-link-not-valid' })
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
