import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { RegisterObjection } from '#lib/decision';
import { DomainError } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, textIn } from '../form-fields.js';
import { Pages } from '../pages.js';
import { ObjectionCases } from './objection-case.js';
import { ObjectionPage } from './objection.page.js';

const MOST = 20_000;

/** Objecting to a decision: one field, a receipt, and a confirmation by mail; staff read what came in. */
@ApiExcludeController()
@Controller('aanvragen/:id/bezwaar')
@Policy('by-scope')
export class ObjectionPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly page: ObjectionPage,
    private readonly cases: ObjectionCases,
    private readonly registering: RegisterObjection,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page.show({ request, reply }, await this.cases.read(id, request));
  }

  @Post()
  async object(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    const reasons = textIn(fieldsOf(request), 'reasons', MOST);
    const refuse = (message: string): void => {
      this.page.show({ request, reply }, found, { reasons, errors: [{ id: 'reasons', message }] });
    };
    if (reasons === '') {
      refuse(this.pages.say(request, 'objection.error'));
      return;
    }
    try {
      const { region } = found.proposal;
      const asked = { actorId: personOf(request), region, receivedAt: request.receivedAt, key: formKeyOf(request) };
      await this.registering.execute(id, reasons, asked);
      void reply.redirect(`/aanvragen/${id}/bezwaar`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      refuse(faultOf(error, request).message);
    }
  }
}
