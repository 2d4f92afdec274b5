import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageRequest, Policy, regionsOf } from '#lib/access';
import { FindPeople, ROLE_LABELS, type HeldRole } from '#lib/people';
import { PeopleActs } from '../../api/people-acts.js';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { viewerOf } from '../../edge/request-facts.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const SIZE = 50;
const LONGEST_REASON = 1_000;

/** People with an account: finding them, shutting them out, ending their roles and what lets them in. */
@ApiExcludeController()
@Controller('mensen')
@Policy('account-keepers')
export class PeoplePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly finding: FindPeople,
    private readonly acts: PeopleActs,
  ) {}

  @Get()
  @Policy('people-keepers')
  async list(
    @Query() { zoek, na }: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const text = typeof zoek === 'string' ? zoek : '';
    const page = PageRequest.from(typeof na === 'string' && na !== '' ? na : undefined, SIZE);
    const { items, next } = await this.finding.search(viewerOf(request), text, page);
    const more = next === null ? null : `/mensen?${new URLSearchParams({ zoek: text, na: next }).toString()}`;
    this.pages.show(request, reply, {
      ...{ view: 'people', title: this.pages.say(request, 'people.title') },
      model: {
        ...{ text, more, foundNothing: items.length === 0 },
        items: items.map((person) => ({ ...person, roles: person.roles.map((role) => roleView(role, request)) })),
      },
    });
  }

  @Get(':id')
  @Policy('people-keepers')
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page({ request, reply }, id);
  }

  @Post(':id/toegang')
  async change(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reason = (fieldsOf(request)['reason'] ?? '').trim();
    const say = (key: string): string => this.pages.say(request, key);
    if (reason === '' || reason.length > LONGEST_REASON) {
      await this.page({ request, reply }, id, [{ id: 'reason', message: say('people.error-reason') }]);
      return;
    }
    const { disabledAt } = await this.finding.read(viewerOf(request), id);
    const act = disabledAt === null ? this.acts.disabling : this.acts.enabling;
    await this.act({ request, reply }, id, 'reason', () => act.execute(viewerOf(request), id, reason));
  }

  @Post(':id/sessies/einde')
  async endSessions(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.act({ request, reply }, id, 'keys', () => this.acts.ending.execute(viewerOf(request), id, 'sessions'));
  }

  @Post(':id/tokens/einde')
  async endTokens(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.act({ request, reply }, id, 'keys', () => this.acts.ending.execute(viewerOf(request), id, 'tokens'));
  }

  @Post(':id/rollen/:role/einde')
  @Policy('people-keepers')
  async endRole(
    @Param(IdPipe) { id, role }: { id: string; role: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const viewer = viewerOf(request);
    const person = await this.finding.read(viewer, id);
    await this.act({ request, reply }, id, 'roles', () => this.acts.endRole(viewer, person, role));
  }

  /** Does it and shows the person again; who can no longer see this person goes back to the list. */
  private async act(exchange: Exchange, id: string, field: string, work: () => Promise<void>): Promise<void> {
    const { request, reply } = exchange;
    try {
      await work();
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      await this.page(exchange, id, [{ id: field, message }]);
      return;
    }
    const stays = await this.finding.read(viewerOf(request), id).then(
      () => true,
      () => false,
    );
    void reply.redirect(stays ? `/mensen/${id}` : '/mensen', 303);
  }

  private async page({ request, reply }: Exchange, id: string, errors: readonly FieldError[] = []): Promise<void> {
    const viewer = viewerOf(request);
    const person = await this.finding.read(viewer, id);
    const isAdministrator = regionsOf(viewer, ['platform-admin']).length > 0;
    this.pages.show(request, reply, {
      ...{ view: 'person', title: person.name, errors, status: errors.length > 0 ? 422 : 200 },
      crumbs: [{ href: '/mensen', label: this.pages.say(request, 'people.title') }, { label: person.name }],
      model: {
        ...{ person, isAdministrator, address: `/mensen/${id}`, reason: fieldsOf(request)['reason'] },
        mayShutOut: isAdministrator && viewer.id !== id,
        roles: person.roles.map((role) => roleView(role, request)),
        errorFor: Object.fromEntries(errors.map(({ id: field, message }) => [field, message])),
      },
    });
  }
}

function roleView(held: HeldRole, request: FastifyRequest): HeldRole & { readonly label: string } {
  return { ...held, label: ROLE_LABELS[held.role][languageOf(request)] };
}
