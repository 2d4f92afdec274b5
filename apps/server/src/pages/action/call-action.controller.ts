import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { wallTimeOf } from '#lib/kernel';
import { closingAfter, readClosing } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { CallCases } from '../call/call-case.js';
import { ActionForms, type ActionSubject } from './action-forms.js';

/** Acts on a call: publish, close early, extend, announce. */
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
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.forms.show({ request, reply }, await this.subject(id, request), action);
  }

  @Post()
  async act(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.forms.act({ request, reply }, await this.subject(id, request), action);
  }

  private async subject(id: string, request: FastifyRequest): Promise<ActionSubject> {
    const { call, situation, closing } = await this.cases.with(id, request, async (tx, found) => ({
      ...{ ...found, closing: await readClosing(tx, id) },
    }));
    const { region, number, name } = call;
    const isDisturbed = closing?.isDisturbed === true;
    return {
      ...(isDisturbed ? { usual: { newClosing: wallTimeOf(closingAfter(closing, request.receivedAt)) } } : {}),
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
