import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
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

@ApiTags('people')
@Controller('api/v1')
export class InvitationsController {
  constructor(
    private readonly invite: InvitePerson,
    private readonly accept: AcceptInvitation,
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

  /** Accepts: an account where there is none, and the roles it promises. Signing in is another act. */
  @Post('invitations/accept')
  @Policy('public')
  @ApiCreatedResponse({ example: { personId: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e', region: 'noord', isNew: true } })
  @ApiResponse({ status: 409, description: 'invitation-not-valid' })
  @ApiResponse({ status: 400, description: 'password-too-short, password-too-long or password-too-common' })
  async take(@Body() body: AcceptInvitationDto): Promise<{ personId: string; region: string; isNew: boolean }> {
    const { personId, region, isNew } = await this.accept.execute(body);
    return { personId, region, isNew };
  }
}
