import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { readLots } from '#lib/decision';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { Pages } from '../pages.js';
import { CallCases } from './call-case.js';

/** Lots of a call with all that a stranger needs to recompute them. */
@ApiExcludeController()
@Controller('rondes/:id/loting')
@Policy('public')
export class LotsPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.with(id, request, async (tx, { call, rules }) => {
      const language = languageOf(request);
      const draws = await readLots(tx, id);
      const title = this.pages.say(request, 'arrival.lots-title');
      this.pages.show(request, reply, {
        view: 'lots',
        title,
        region: rules.regulation.label[language],
        crumbs: [{ href: `/rondes/${id}`, label: call.name[language] }, { label: title }],
        model: { name: call.name[language], draws },
      });
    });
  }
}
