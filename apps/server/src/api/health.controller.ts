import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Policy } from '#lib/access';
import { Database } from '#lib/database';
import { ServerState } from '../server-state.js';

@ApiTags('operation')
@Controller()
@Policy('public')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly state: ServerState,
  ) {}

  /** The process runs. */
  @Get('healthz')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ example: { status: 'ok' } })
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: not draining, and the database answers. */
  @Get('readyz')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ example: { status: 'ready', clock: '2026-11-23T20:18:00.123456Z' } })
  @ApiServiceUnavailableResponse({ description: 'Draining, or the database is away.' })
  async ready(): Promise<{ status: 'ready'; clock: string }> {
    if (this.state.draining) throw new ServiceUnavailableException();
    return { status: 'ready', clock: await this.database.now() };
  }
}
