import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '#lib/access';
import { Database } from '#lib/database';
import { Documented } from '../edge/documented.js';
import { ServerState } from '../server-state.js';

@ApiTags('operation')
@Controller()
@Policy('public')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly state: ServerState,
  ) {}

  @Get('healthz')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'The process runs.', example: { status: 'ok' } })
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'The process can do its work: it is not draining, and the database answers.',
    example: { status: 'ready', clock: '2026-11-23T20:18:00.123456Z' },
  })
  async ready(): Promise<{ status: 'ready'; clock: string }> {
    if (this.state.draining) throw new ServiceUnavailableException();
    return { status: 'ready', clock: await this.database.now() };
  }
}
