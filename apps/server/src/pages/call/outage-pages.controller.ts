import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { DomainError } from '#lib/kernel';
import { RegisterOutage } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { viewerOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey, textIn, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { instantIn } from '../proposal/typed-values.js';
import { CallCases, type CallCase } from './call-case.js';

const LONGEST_NOTE = 1000;

/** Writes down when the portal was out. Staff of the region alone. */
@ApiExcludeController()
@Controller('rondes/:id/storing')
@Policy('by-scope')
export class OutagePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly registering: RegisterOutage,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.form({ request, reply }, await this.forStaff(id, request), {}, []);
  }

  @Post()
  async register(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.forStaff(id, request);
    const fields = fieldsOf(request);
    const [startsAt, endsAt] = [instantIn(fields['startsAt'] ?? ''), instantIn(fields['endsAt'] ?? '')];
    const note = textIn(fields, 'note', LONGEST_NOTE);
    if (startsAt === null || endsAt === null) {
      const message = this.pages.say(request, 'call.outage-error');
      this.form({ request, reply }, found, fields, [{ id: startsAt === null ? 'startsAt' : 'endsAt', message }]);
      return;
    }
    try {
      const outage = { region: found.call.region, startsAt, endsAt, note };
      const { receivedAt } = request;
      await this.registering.execute(viewerOf(request), outage, { receivedAt, key: formKeyOf(request) });
      void reply.redirect(`/rondes/${id}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.form({ request, reply }, found, fields, [{ id: 'endsAt', message: faultOf(error, request).message }]);
    }
  }

  private async forStaff(id: string, request: FastifyRequest): Promise<CallCase> {
    return this.cases.readForStaff(id, request, (_tx, found) => Promise.resolve(found));
  }

  private form({ request, reply }: Exchange, { call }: CallCase, fields: Fields, errors: readonly FieldError[]): void {
    const title = this.pages.say(request, 'call.report-outage');
    const name = call.name[languageOf(request)];
    const errorOf = (id: string): string | null => errors.find((error) => error.id === id)?.message ?? null;
    this.pages.show(request, reply, {
      view: 'outage',
      title,
      errors,
      status: errors.length === 0 ? 200 : 422,
      crumbs: [{ href: `/rondes/${call.id}`, label: name }, { label: title }],
      model: {
        // Not `name`: a field would take it for its own.
        ...{ call, callName: name, key: newFormKey(), typed: fields },
        ...{ startError: errorOf('startsAt'), endError: errorOf('endsAt') },
      },
    });
  }
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
