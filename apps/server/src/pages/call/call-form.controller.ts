import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { FrozenRules, isOpenAt, type CallRules, type CallView } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { Pages } from '../pages.js';
import { CallCases } from './call-case.js';
import { callFormView } from './call-form.view.js';

/** The questions of a call, to be read before one has an account or begins: whoever sees the call sees them. */
@ApiExcludeController()
@Controller('rondes')
@Policy('public')
export class CallFormController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly frozen: FrozenRules,
  ) {}

  @Get(':id/formulier')
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { call, rules } = await this.cases.read(id, request);
    const language = languageOf(request);
    const form = await this.frozen.form(call.rulesHash);
    const reads = await this.readsOf(call, rules);
    const say = (key: string, values?: Readonly<Record<string, unknown>>): string =>
      this.pages.say(request, key, values);
    this.pages.show(request, reply, {
      view: 'call-form',
      title: say('call-form.title'),
      region: rules.regulation.label[language],
      crumbs: [
        { href: '/rondes', label: say('layout.nav-calls') },
        { href: `/rondes/${id}`, label: call.number },
        { label: say('call-form.title') },
      ],
      model: {
        call: { ...call, name: call.name[language] },
        ...{ regionName: rules.regulation.label[language], request: rules.regulation.request },
        isOpen: isOpenAt(call, request.receivedAt),
        ...callFormView({ form, rules, reads }, { language, say }),
      },
    });
  }

  private async readsOf(
    { rulesHash }: CallView,
    { conditions }: CallRules,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const names = Object.keys(conditions);
    const pairs = names.map(async (name) => [name, await this.frozen.factsOf(rulesHash, name)] as const);
    return new Map(await Promise.all(pairs));
  }
}
