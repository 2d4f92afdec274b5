import { Controller, Get, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { NOBODY, Policy, type Viewer } from '#lib/access';
import { Documented } from '../edge/documented.js';

@ApiTags('people')
@Controller('api/v1/me')
@Policy('self')
export class MeController {
  @Get()
  @Documented({
    summary: 'Who the server takes the sender of this request for.',
    example: { id: '5f0c…', name: 'A. Voorbeeld', language: 'nl', roles: [{ region: 'noord', role: 'secretary' }] },
  })
  read(@Req() request: FastifyRequest): Viewer {
    return request.viewer ?? NOBODY;
  }
}
