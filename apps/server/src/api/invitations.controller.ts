import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, Policy } from '#lib/access';
import {
  AcceptInvitation,
  AcceptInvitationDto,
  InvitedDto,
  InvitePerson,
  InvitePersonDto,
  OpenInvitationDto,
  UseSignInLinkDto,
} from '#lib/people';
import { SessionCookie } from '../edge/session-cookie.js';

@ApiTags('people')
@Controller('api/v1')
export class InvitationsController {
  constructor(
    private readonly invite: InvitePerson,
    private readonly accept: AcceptInvitation,
    private readonly cookie: SessionCookie,
  ) {}

  /** Invites somebody into a region by mail; a second invitation replaces the first. */
  @Post('regions/:region/invitations')
  @Policy('region-inviters')
  @ApiCreatedResponse({ type: InvitedDto })
  @ApiResponse({ status: 404, description: 'There is no such region, or you may not invite into it.' })
  @ApiResponse({ status: 409, description: 'may-not-grant-role' })
  send(
    @Param('region') region: string,
    @Body() body: InvitePersonDto,
    @Req() request: FastifyRequest,
  ): Promise<InvitedDto> {
    const { email, name, language, roles } = body;
    return this.invite.execute(request.viewer ?? NOBODY, { region, email, name, language, roles });
  }

  /** What the invited person reads before accepting. The secret travels in the body, so that no log keeps it. */
  @Post('invitations/read')
  @HttpCode(200)
  @Policy('public')
  @ApiOkResponse({ type: OpenInvitationDto })
  @ApiResponse({ status: 409, description: 'invitation-not-valid' })
  read(@Body() { token }: UseSignInLinkDto): Promise<OpenInvitationDto> {
    return this.accept.read(token);
  }

  /** Accepts: an account where there is none, and the roles it promises. A new account is signed in at once: the session comes as a cookie. */
  @Post('invitations/accept')
  @Policy('public')
  @ApiCreatedResponse({ example: { personId: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e', region: 'noord', isNew: true } })
  @ApiResponse({ status: 409, description: 'invitation-not-valid' })
  @ApiResponse({ status: 400, description: 'password-too-short, password-too-long or password-too-common' })
  async take(
    @Body() body: AcceptInvitationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ personId: string; region: string; isNew: boolean }> {
    const { personId, region, isNew, sessionId } = await this.accept.execute(body);
    if (sessionId !== null) this.cookie.set(reply, sessionId);
    return { personId, region, isNew };
  }
}
