import { Controller, Get, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { NOBODY, Policy, STAFF_ROLES, type RoleInRegion, type Viewer } from '#lib/access';
import { described, listOf, oneOf, orNull } from '../edge/described.js';
import { Documented } from '../edge/documented.js';

const ROLE = described<RoleInRegion>('RoleInRegion', { region: 'noord', role: oneOf(STAFF_ROLES, 'secretary') });
const VIEWER = described<Viewer>('Viewer', {
  id: orNull('5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e'),
  name: 'A. Voorbeeld',
  language: oneOf(['nl', 'en'], 'nl'),
  roles: listOf(ROLE),
});

@ApiTags('people')
@Controller('api/v1/me')
@Policy('self')
export class MeController {
  @Get()
  @Documented({
    summary: 'Who the server takes the sender of this request for.',
    answer: VIEWER,
  })
  read(@Req() request: FastifyRequest): Viewer {
    return request.viewer ?? NOBODY;
  }
}
