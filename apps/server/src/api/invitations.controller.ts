import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, Policy, STAFF_ROLES } from '#lib/access';
import {
  AcceptInvitation,
  AcceptInvitationDto,
  InvitePerson,
  InvitePersonDto,
  UseSignInLinkDto,
  type Invited,
  type OpenInvitation,
} from '#lib/people';
import { described, listOf, nullOr, oneOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { SessionCookie } from '../edge/session-cookie.js';

const ID = '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e';
const UNTIL = '2026-12-07T20:18:00.123456Z';

const INVITED = described<Invited>('Invited', { invitationId: ID, expiresAt: UNTIL });
const INVITATION = described<OpenInvitation>('OpenInvitation', {
  id: ID,
  region: 'noord',
  email: 'a.voorbeeld@school.example',
  name: 'A. Voorbeeld',
  language: oneOf(['nl', 'en'], 'nl'),
  roles: listOf(oneOf(STAFF_ROLES, 'member')),
  expiresAt: UNTIL,
  hasAccount: false,
  proposal: nullOr({ id: ID, number: '2027-1-004', title: 'Schoon water uit eigen hand', inviter: 'P. Envoerder' }),
});
const ACCEPTED = described<{ personId: string; region: string; isNew: boolean }>('AcceptedInvitation', {
  personId: ID,
  region: 'noord',
  isNew: true,
});

@ApiTags('people')
@Controller('api/v1')
export class InvitationsController {
  constructor(
    private readonly invite: InvitePerson,
    private readonly accept: AcceptInvitation,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('regions/:region/invitations')
  @Policy('region-inviters')
  @Documented({
    summary: 'Invites somebody into a region by mail; a second invitation replaces the first.',
    ...{ status: 201, answer: INVITED, refusals: ['may-not-grant-role'] },
  })
  send(
    @Param('region') region: string,
    @Body() body: InvitePersonDto,
    @Req() request: FastifyRequest,
  ): Promise<Invited> {
    const { email, name, language, roles } = body;
    return this.invite.execute(request.viewer ?? NOBODY, { region, email, name, language, roles });
  }

  @Post('invitations/read')
  @HttpCode(200)
  @Policy('public')
  @Documented({
    summary: 'What the invited person reads before accepting. The secret travels in the body, so that no log keeps it.',
    answer: INVITATION,
    refusals: ['invitation-not-valid'],
  })
  read(@Body() { token }: UseSignInLinkDto): Promise<OpenInvitation> {
    return this.accept.read(token);
  }

  @Post('invitations/accept')
  @Policy('public')
  @Documented({
    summary:
      'Accepts: an account where there is none, and the roles it promises. A new account is signed in at once by a cookie.',
    ...{ status: 201, answer: ACCEPTED, refusals: ['invitation-not-valid'] },
    faults: ['password-too-short', 'password-too-long', 'password-too-common'],
  })
  async take(
    @Body() body: AcceptInvitationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ personId: string; region: string; isNew: boolean }> {
    const { personId, region, isNew, sessionId } = await this.accept.execute(body);
    if (sessionId !== null) this.cookie.set(reply, sessionId);
    return { personId, region, isNew };
  }
}
