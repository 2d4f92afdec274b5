import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Policy, STAFF_ROLES, type Page } from '#lib/access';
import { FindPeople, ShutOutDto, type HeldRole, type PersonRow, type PersonView } from '#lib/people';
import { described, listOf, nullOr, oneOf, orNull, pageOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { IdPipe } from '../edge/id.pipe.js';
import { viewerOf } from '../edge/request-facts.js';
import { ID, OTHER } from '../round/answers/shared.js';
import { PageQuery } from '../round/page.query.js';
import { PeopleActs } from './people-acts.js';

const HELD_ROLE = described<HeldRole>('HeldRole', { id: OTHER, region: 'noord', role: oneOf(STAFF_ROLES, 'member') });
const ROW = {
  id: ID,
  name: 'A. Voorbeeld',
  email: 'a.voorbeeld@school.example',
  disabledAt: nullOr<string>('2026-12-01T10:00:00.000000Z'),
  roles: listOf(HELD_ROLE),
};
const PERSON_ROW = described<PersonRow>('PersonRow', ROW);
const PERSON = described<PersonView>('Person', {
  ...ROW,
  disabledReason: nullOr('Account is overgenomen.'),
  sessions: orNull(1),
  tokens: orNull(0),
});

export class PeopleQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'voorbeeld', description: 'Words of name or e-mail address.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly query?: string;
}

/** Who has an account and a role, and ending either. */
@ApiTags('people')
@Controller('api/v1/people')
@Policy('account-keepers')
export class PeopleController {
  constructor(
    private readonly finding: FindPeople,
    private readonly acts: PeopleActs,
  ) {}

  @Get()
  @Policy('people-keepers')
  @Documented({
    summary:
      'People by name: all of them for an administrator, those with a role in the own regions for who gives roles there.',
    ...{ answer: pageOf(PERSON_ROW), faults: ['cursor-is-wrong'] },
  })
  search(@Query() query: PeopleQuery, @Req() request: FastifyRequest): Promise<Page<PersonRow>> {
    return this.finding.search(viewerOf(request), query.query ?? '', PageQuery.pageOf(query));
  }

  @Get(':id')
  @Policy('people-keepers')
  @Documented({ summary: 'A person with roles; for an administrator also what lets this person in.', answer: PERSON })
  read(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<PersonView> {
    return this.finding.read(viewerOf(request), id);
  }

  @Post(':id/disable')
  @HttpCode(204)
  @Documented({
    summary:
      'Shuts a person out at once: sessions, tokens, links and invitations end. What was written stays. Twice is once.',
    ...{ status: 204, refusals: ['may-not-disable-yourself', 'last-administrator'] },
  })
  disable(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ShutOutDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.acts.disabling.execute(viewerOf(request), id, reason);
  }

  @Post(':id/enable')
  @HttpCode(204)
  @Documented({
    summary: 'Lets a person in again, by a new sign-in; what ended stays ended. Twice is once.',
    status: 204,
  })
  enable(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ShutOutDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.acts.enabling.execute(viewerOf(request), id, reason);
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @Documented({ summary: 'Ends all sessions of a person, and mailed links to sign in.', status: 204 })
  endSessions(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    return this.acts.ending.execute(viewerOf(request), id, 'sessions');
  }

  @Delete(':id/tokens')
  @HttpCode(204)
  @Documented({ summary: 'Ends all API tokens of a person.', status: 204 })
  endTokens(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    return this.acts.ending.execute(viewerOf(request), id, 'tokens');
  }

  @Delete(':id/roles/:role')
  @HttpCode(204)
  @Policy('people-keepers')
  @Documented({
    summary: 'Ends a role from now on, by who may give it in that region; what was done in it stays.',
    ...{ status: 204, refusals: ['may-not-grant-role', 'last-administrator'] },
  })
  async endRole(
    @Param(IdPipe) { id, role }: { id: string; role: string },
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const viewer = viewerOf(request);
    await this.acts.endRole(viewer, await this.finding.read(viewer, id), role);
  }
}
