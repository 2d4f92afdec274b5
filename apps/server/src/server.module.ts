import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Database } from '#lib/database';
import { HealthController } from './api/health.controller.js';
import { MeController } from './api/me.controller.js';
import { RegionsController } from './api/regions.controller.js';
import { PolicyCheck, PolicyGuard } from './edge/policy.guard.js';
import { ProblemFilter } from './edge/problem.filter.js';
import type { RouteList } from './edge/route-list.js';
import { StartPageController } from './pages/start-page.controller.js';
import { ServerState } from './server-state.js';

@Module({})
export class ServerModule {
  static with(database: Database, routes: RouteList): DynamicModule {
    return {
      module: ServerModule,
      imports: [DiscoveryModule],
      controllers: [HealthController, RegionsController, MeController, StartPageController],
      providers: [
        PolicyCheck,
        ServerState,
        { provide: Database, useValue: database },
        { provide: APP_GUARD, useClass: PolicyGuard },
        { provide: APP_FILTER, useValue: new ProblemFilter(routes) },
      ],
    };
  }
}
