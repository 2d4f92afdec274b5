import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { SaveInitiative, type InitiativeView } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { FindSchools } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf } from '../../edge/request-facts.js';
import { InitiativeCases } from '../../round/initiative-case.js';
import { faultOf } from '../fault.js';
import { fieldsOf } from '../form-fields.js';
import { Pages } from '../pages.js';
import { initiativeErrors, initiativeIn } from './initiative-form.js';
import {
  initiativeFormPage,
  networkOf,
  pressedOn,
  schoolIn,
  searchIn,
  type FormShown,
} from './initiative-form-page.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Changing what one wrote of an initiative, and what partners may read, until it has ended. */
@ApiExcludeController()
@Controller('initiatieven/:id/wijzigen')
@Policy('by-scope')
export class InitiativeEditController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: InitiativeCases,
    private readonly schools: FindSchools,
    private readonly saving: SaveInitiative,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const initiative = await this.ownOf(id, request);
    const { title, content, consent } = initiative;
    const [school] = content.school === null ? [] : await this.schools.bySites([content.school.site]);
    const written = { title, content, consent };
    this.form({ request, reply }, initiative, { written, school: school ?? null }, initiative.revision);
  }

  @Post()
  async save(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const initiative = await this.ownOf(id, request);
    const fields = fieldsOf(request);
    const action = pressedOn(fields);
    const revision = Number(fields['_revision']);
    const school = await schoolIn(fields, this.schools);
    const written = initiativeIn(fields, school);
    if (action === 'search') {
      const search = await searchIn(fields, this.schools, this.pages.say.bind(this.pages, request));
      this.form({ request, reply }, initiative, { written, school, search }, revision);
      return;
    }
    const isPicked = action.startsWith('pick:');
    const errors = isPicked ? [] : initiativeErrors(written, (key) => this.pages.say(request, key));
    if (isPicked || errors.length > 0) {
      this.form({ request, reply }, initiative, { written, school, errors, isPicked }, revision);
      return;
    }
    try {
      const place = { actorId: personOf(request), region: initiative.region, receivedAt: request.receivedAt };
      await this.saving.execute(id, written, revision, { ...place, network: networkOf(school) });
      void reply.redirect(`/initiatieven/${id}`, 303);
    } catch (error) {
      // What was typed stays; sent again it replaces what was saved elsewhere.
      const shown = { written, school, errors: [{ id: 'title', message: this.repairOf(error, request) }] };
      this.form({ request, reply }, initiative, shown, initiative.revision);
    }
  }

  /** What to do about a broken rule. Throws again what no form can repair. */
  private repairOf(error: unknown, request: FastifyRequest): string {
    if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
    if (error.code === 'version-is-stale') return this.pages.say(request, 'initiative.error-stale');
    return faultOf(error, request).message;
  }

  /** Throws SubjectNotFound for who did not start it. */
  private async ownOf(id: string, request: FastifyRequest): Promise<InitiativeView> {
    const { initiative } = await this.cases.read(id, request);
    if (!initiative.isOwn) throw new SubjectNotFound('initiative', id);
    return initiative;
  }

  private form(
    { request, reply }: Exchange,
    { id, number, phase }: InitiativeView,
    shown: FormShown,
    revision: number,
  ): void {
    const title = this.pages.say(request, 'initiative.edit-title');
    const crumb = { href: `/initiatieven/${id}`, label: number };
    const isDraft = phase === 'preparing';
    const place = { pages: this.pages, request, title, crumb, revision, isDraft };
    this.pages.show(request, reply, initiativeFormPage(shown, { ...place, address: `/initiatieven/${id}/wijzigen` }));
  }
}
