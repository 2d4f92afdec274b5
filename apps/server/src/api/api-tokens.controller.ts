import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import {
  CreateApiToken,
  CreateApiTokenDto,
  ListApiTokens,
  RevokeApiToken,
  type ApiToken,
  type ApiTokenSummary,
} from '#lib/people';
import { IdPipe } from '../edge/id.pipe.js';
import { described, listOf, nullOr } from '../edge/described.js';
import { Documented } from '../edge/documented.js';

const ID = '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e';
const EXPIRES_AT = '2027-11-23T20:18:00.123456Z';
const TOKEN = described<ApiTokenSummary>('ApiToken', {
  id: ID,
  name: 'koppeling',
  createdAt: '2026-11-23T20:18:00.123456Z',
  lastUsedAt: nullOr('2026-11-30T08:00:00.000000Z'),
  expiresAt: EXPIRES_AT,
});
const NEW_TOKEN = described<ApiToken>('NewApiToken', {
  id: ID,
  token: 'rlk_Qm9yZ2VuIGlz',
  expiresAt: EXPIRES_AT,
});

@ApiTags('people')
@Controller('api/v1/me/tokens')
@Policy('self')
export class ApiTokensController {
  constructor(
    private readonly creating: CreateApiToken,
    private readonly listing: ListApiTokens,
    private readonly revoking: RevokeApiToken,
  ) {}

  @Get()
  @Documented({ summary: 'One’s own tokens, without their secrets.', answer: listOf(TOKEN) })
  list(@Req() request: FastifyRequest): Promise<readonly ApiTokenSummary[]> {
    return this.listing.execute(personOf(request));
  }

  @Post()
  @Documented({
    summary: 'Makes a token; its text is in this answer and nowhere else.',
    ...{ status: 201, answer: NEW_TOKEN },
  })
  create(@Body() { name, days }: CreateApiTokenDto, @Req() request: FastifyRequest): Promise<ApiToken> {
    return this.creating.execute(personOf(request), name, days);
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'Ends a token at once.', status: 204 })
  async revoke(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.revoking.execute(personOf(request), id);
  }
}

/** The policy `self` let somebody in, so there is a person. */
function personOf(request: FastifyRequest): string {
  return request.viewer?.id ?? '';
}
