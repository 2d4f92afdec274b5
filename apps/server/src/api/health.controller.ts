import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '#lib/access';
import { Database } from '#lib/database';
import { READ_PAUSE, READ_RELAY, type RelayRefusal, type WorkPause } from '#lib/engine';
import { described, nullOr, oneOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { ServerState } from '../server-state.js';

interface Ready {
  readonly status: 'ready';
  readonly clock: string;
  /** Mail, terms and commands stand still: a restored copy does nothing by itself. */
  readonly workPaused: WorkPause | null;
  /** The mail relay takes none of our mail. What it said is for who operates: this answer is for anybody. */
  readonly mailRefused: Pick<RelayRefusal, 'since' | 'reason'> | null;
}

interface Alive {
  readonly status: 'ok';
}

const ALIVE = described<Alive>('Alive', { status: oneOf(['ok'], 'ok') });
const NOW = '2026-11-23T20:18:00.123456Z';
const READY = described<Ready>('Ready', {
  status: oneOf(['ready'], 'ready'),
  clock: NOW,
  workPaused: nullOr({ since: NOW, because: 'restored' }),
  mailRefused: nullOr({ since: NOW, reason: 'unreachable' }),
});

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
  @Documented({ summary: 'The process runs.', answer: ALIVE })
  alive(): Alive {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'The process can do its work: it is not draining, and the database answers.',
    answer: READY,
  })
  async ready(): Promise<Ready> {
    if (this.state.draining) throw new ServiceUnavailableException();
    const [workPaused = null] = await this.database.ask<WorkPause>(READ_PAUSE);
    const [relay] = await this.database.ask<RelayRefusal>(READ_RELAY);
    const mailRefused = relay === undefined ? null : { since: relay.since, reason: relay.reason };
    return { status: 'ready', clock: await this.database.now(), workPaused, mailRefused };
  }
}
