import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { ConvertInitiative } from '#lib/intake';
import { dateOf, DomainError, type CalendarDate, type Instant } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { ActionForms } from '../action/action-forms.js';
import { faultOf } from '../fault.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { InitiativeCases, type InitiativeCase } from '../../round/initiative-case.js';
import { InitiativeNeighbours } from './initiative-neighbours.js';

/** One initiative: where it stands, what its initiator or the desk can do, and the way on to a proposal. */
@ApiExcludeController()
@Controller('initiatieven/:id')
@Policy('by-scope')
export class InitiativeController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: InitiativeCases,
    private readonly neighbours: InitiativeNeighbours,
    private readonly converting: ConvertInitiative,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(await this.cases.read(id, request), { request, reply }, null);
  }

  @Post('aanvraag')
  async convert(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.read(id, request);
    const [callRegion = '', callId = ''] = (fieldsOf(request)['call'] ?? '').split(' ');
    try {
      const asked = {
        actorId: personOf(request),
        receivedAt: request.receivedAt,
        region: found.initiative.region,
        callRegion,
      };
      const proposal = await this.converting.execute(id, callId, asked);
      void reply.redirect(`/aanvragen/${proposal}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      await this.page(found, { request, reply }, faultOf(error, request).message);
    }
  }

  private async page(
    found: InitiativeCase,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    fault: string | null,
  ): Promise<void> {
    const { initiative, situation, terms, offers, isDesk, partners } = found;
    const say = (key: string): string => this.pages.say(request, key);
    const around = await this.neighbours.of(initiative, request);
    const answerBy = terms.find(({ name }) => name === 'desk')?.lastDay ?? null;
    const has = (key: string): boolean => this.pages.views.texts.has(key);
    this.pages.show(request, reply, {
      view: 'initiative',
      title: initiative.title,
      crumbs: [{ href: '/initiatieven', label: say('layout.nav-initiatives') }, { label: initiative.number }],
      ...(fault === null ? {} : { errors: [{ id: 'verder', message: fault }], status: 409 }),
      model: {
        ...{ initiative, situation, offers, isDesk, partners, key: newFormKey(), ...around },
        ...{ answerBy, closesFirst: closesFirst(around.closesLast, answerBy) },
        needs: initiative.content.needs.map((need) => say(`initiative.need-${need}`)),
        theme: say(`initiative.theme-${initiative.content.theme}`),
        actions: situation.actions
          .filter(({ action }) => action !== 'convert')
          .map((one) => ({
            ...one,
            text: has(`action.initiative-${one.action}.title`)
              ? say(`action.initiative-${one.action}.title`)
              : (one.label ?? one.action),
          })),
        mayEdit: initiative.isOwn && initiative.phase !== 'ended',
        mayConvert: situation.actions.some(({ action, allowed }) => action === 'convert' && allowed),
      },
    });
  }
}

/** When the only open call closes, if that is no later than the day on which the desk must have answered. */
function closesFirst(closesAt: Instant | null, answerBy: CalendarDate | null): Instant | null {
  return closesAt !== null && answerBy !== null && dateOf(closesAt) <= answerBy ? closesAt : null;
}

/** Acts on an initiative. */
@ApiExcludeController()
@Controller('initiatieven/:id/acties/:action')
@Policy('by-scope')
export class InitiativeActionController {
  constructor(
    private readonly cases: InitiativeCases,
    private readonly forms: ActionForms,
    readonly subjects: Subjects,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.forms.show({ request, reply }, subjectOf(await this.cases.read(id, request)), action);
  }

  @Post()
  async act(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.forms.act({ request, reply }, subjectOf(await this.cases.read(id, request)), action);
  }
}

/** Who started it and closes it answers nobody: it says why. */
const OWN_WORDS = { answer: 'action.field.closing' };

function subjectOf({ initiative, situation, isDesk }: InitiativeCase): Parameters<ActionForms['show']>[1] {
  const { id, region, number, title } = initiative;
  // Going on as a proposal is more than a move; the page of the initiative has a form of its own for it.
  const actions = situation.actions.filter(({ action }) => action !== 'convert');
  const labels = initiative.isOwn && !isDesk ? OWN_WORDS : {};
  return { kind: 'initiative', id, region, number, title, actions, labels, href: `/initiatieven/${id}` };
}
