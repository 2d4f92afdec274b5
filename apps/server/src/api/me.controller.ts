import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { NOBODY, Policy, type Viewer } from '#lib/access';

@ApiTags('people')
@Controller('api/v1/me')
@Policy('self')
export class MeController {
  /** Who the server takes the sender of this request for. */
  @Get()
  @ApiOkResponse({
    example: { id: '5f0c…', name: 'A. Voorbeeld', language: 'nl', roles: [{ region: 'noord', role: 'secretary' }] },
  })
  @ApiUnauthorizedResponse({ description: 'Not signed in.' })
  read(@Req() request: FastifyRequest): Viewer {
    return request.viewer ?? NOBODY;
  }
}
