import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import {
  ApiTokenDto,
  ApiTokenSummaryDto,
  CreateApiToken,
  CreateApiTokenDto,
  ListApiTokens,
  RevokeApiToken,
} from '#lib/people';

@ApiTags('people')
@Controller('api/v1/me/tokens')
@Policy('self')
export class ApiTokensController {
  constructor(
    private readonly creating: CreateApiToken,
    private readonly listing: ListApiTokens,
    private readonly revoking: RevokeApiToken,
  ) {}

  /** One's own tokens, without their secrets. */
  @Get()
  @ApiOkResponse({ type: [ApiTokenSummaryDto] })
  list(@Req() request: FastifyRequest): Promise<readonly ApiTokenSummaryDto[]> {
    return this.listing.execute(personOf(request));
  }

  /** Makes a token; its text is in this answer and nowhere else. */
  @Post()
  @ApiCreatedResponse({ type: ApiTokenDto })
  create(@Body() { name, days }: CreateApiTokenDto, @Req() request: FastifyRequest): Promise<ApiTokenDto> {
    return this.creating.execute(personOf(request), name, days);
  }

  /** Ends a token at once. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There is no such token of yours.' })
  async revoke(@Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.revoking.execute(personOf(request), id);
  }
}

/** The policy `self` let somebody in, so there is a person. */
function personOf(request: FastifyRequest): string {
  return request.viewer?.id ?? '';
}
