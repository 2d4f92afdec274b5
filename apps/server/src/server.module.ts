import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Database } from '#lib/database';
import { Mailbox } from '#lib/notices';
import { ApiTokensController } from './api/api-tokens.controller.js';
import { ApplicationController } from './application/application.controller.js';
import { ApplicationLetters } from './application/application-letters.js';
import { ApplicationPress } from './application/application-press.js';
import { Applications } from './application/applications.js';
import { attachmentControllers, attachmentProviders } from './attachments/attachment.providers.js';
import { HealthController } from './api/health.controller.js';
import { InvitationsController } from './api/invitations.controller.js';
import { Metrics } from './api/metrics.js';
import { MetricsController } from './api/metrics.controller.js';
import { MandatesController } from './api/mandates.controller.js';
import { MeController } from './api/me.controller.js';
import { OrganisationsController } from './api/organisations.controller.js';
import { PeopleActs } from './api/people-acts.js';
import { PeopleController } from './api/people.controller.js';
import { RegionsController } from './api/regions.controller.js';
import { SchoolsController } from './api/schools.controller.js';
import { SessionsController } from './api/sessions.controller.js';
import { PolicyCheck, PolicyGuard } from './edge/policy.guard.js';
import { ProblemFilter } from './edge/problem.filter.js';
import type { RouteList } from './edge/route-list.js';
import { SessionCookie } from './edge/session-cookie.js';
import { MailboxController } from './mailbox/mailbox.controller.js';
import { MailboxPageController } from './mailbox/mailbox-page.controller.js';
import { pageControllers } from './pages/page.controllers.js';
import { pageProviders } from './pages/page.providers.js';
import { Pages } from './pages/pages.js';
import { Views } from './pages/views.js';
import { TaskList } from './tasks/task-list.js';
import { peopleProviders } from './people.providers.js';
import { ActionsController } from './round/actions.controller.js';
import { CallsController } from './round/calls.controller.js';
import { FormsController } from './round/forms.controller.js';
import { InitiativeCases } from './round/initiative-case.js';
import { InitiativeHelpController } from './round/initiative-help.controller.js';
import { InitiativeWriter } from './round/initiative-writer.js';
import { InitiativesController } from './round/initiatives.controller.js';
import { OffersController } from './round/offers.controller.js';
import { CoWritersController } from './round/co-writers.controller.js';
import { PartiesController } from './round/parties.controller.js';
import { PartsController } from './round/parts.controller.js';
import { ProposalReader } from './round/proposal-reader.js';
import { OutagesController } from './round/outages.controller.js';
import { ProposalsController } from './round/proposals.controller.js';
import { RankingsController } from './round/rankings.controller.js';
import { ReuseController } from './round/reuse.controller.js';
import { ReviewersController } from './round/reviewers.controller.js';
import { ReviewsController } from './round/reviews.controller.js';
import { roundProviders } from './round/round.providers.js';
import { SeatsController } from './round/seats.controller.js';
import type { ServerOptions } from './server-options.js';
import { ServerState } from './server-state.js';

@Module({})
export class ServerModule {
  static with(options: ServerOptions, routes: RouteList): DynamicModule {
    const { database, mailbox, people, isHttps, round, files } = options;
    const state = new ServerState(mailbox !== undefined);
    const pages = new Pages(Views.load(), state);
    return {
      module: ServerModule,
      imports: [DiscoveryModule],
      controllers: [
        ...[HealthController, RegionsController, MeController, PeopleController, ...pageControllers],
        ...[SessionsController, InvitationsController, ApiTokensController, MetricsController, SchoolsController],
        ...[
          CallsController,
          FormsController,
          ProposalsController,
          ApplicationController,
          SeatsController,
          ReviewersController,
          ReviewsController,
        ],
        ...[RankingsController, ReuseController, ActionsController, OutagesController],
        ...[InitiativesController, InitiativeHelpController, OffersController],
        ...[MandatesController, OrganisationsController, CoWritersController, PartiesController, PartsController],
        ...(files === undefined ? [] : attachmentControllers),
        ...(mailbox === undefined ? [] : [MailboxController, MailboxPageController]),
      ],
      providers: [
        PolicyCheck,
        { provide: ServerState, useValue: state },
        { provide: Pages, useValue: pages },
        { provide: Database, useValue: database },
        { provide: SessionCookie, useValue: new SessionCookie(isHttps) },
        ...(mailbox === undefined ? [] : [{ provide: Mailbox, useValue: mailbox }]),
        ...peopleProviders(people),
        ...roundProviders(database, round, people),
        ...(files === undefined ? [] : attachmentProviders(database, round, files)),
        ...[PeopleActs, ProposalReader, InitiativeCases, InitiativeWriter, Metrics, TaskList, ...pageProviders],
        { provide: ApplicationPress, useFactory: () => new ApplicationPress() },
        ...[ApplicationLetters, Applications],
        { provide: APP_GUARD, useClass: PolicyGuard },
        { provide: APP_FILTER, useValue: new ProblemFilter(routes, pages) },
      ],
    };
  }
}
