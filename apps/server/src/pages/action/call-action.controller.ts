import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { languageOf } from '../../edge/language.js';
import { CallCases } from '../call/call-case.js';
import { ActionForms, type ActionSubject } from './action-forms.js';

/** Acts on a call: publish, close early, announce. */
@ApiExcludeController()
@Controller('rondes/:id/acties/:action')
@Policy('by-scope')
export class CallActionController {
  constructor(
    private readonly cases: CallCases,
    private readonly forms: ActionForms,
  ) {}

  @Get()
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.forms.show({ request, reply }, await this.subject(id, request), action);
  }

  @Post()
  async act(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.forms.act({ request, reply }, await this.subject(id, request), action);
  }

  private async subject(id: string, request: FastifyRequest): Promise<ActionSubject> {
    const { call, situation } = await this.cases.read(id, request);
    const { region, number, name } = call;
    return {
      kind: 'call',
      id,
      region,
      number,
      title: name[languageOf(request)],
      actions: situation.actions,
      href: `/rondes/${id}`,
    };
  }
}
