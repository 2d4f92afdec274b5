import { Controller, Get, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Database } from '#lib/database';
import { readBoard, readDraftVolume } from '#lib/decision';
import { listCallsOfRegions, readClosing } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';
import { newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { CallCases } from './call-case.js';
import { callView } from './call.view.js';

const REGIONS = { name: 'regions-of-calls', text: 'select code, name_nl as nl, name_en as en from region' };

/** Which calls there are, and one call: what it is for, how it is judged, until when (I1). */
@ApiExcludeController()
@Controller('rondes')
@Policy('public')
export class CallPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly database: Database,
    private readonly cases: CallCases,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const regions = await this.database.ask<{ code: string; nl: string; en: string }>(REGIONS, []);
    const scope = { regions: regions.map(({ code }) => code), actor: request.viewer?.id ?? null, readOnly: true };
    const calls = await this.database.unit(scope, (tx) => listCallsOfRegions(tx));
    const items = calls.map((call) => ({
      ...{
        ...call,
        name: call.name[language],
        region: regions.find(({ code }) => code === call.region)?.[language] ?? call.region,
      },
      ...{ isOpen: isOpenAt(call, request.receivedAt), isAhead: call.opensAt > request.receivedAt },
    }));
    const title = this.pages.say(request, 'layout.nav-calls');
    this.pages.show(request, reply, {
      view: 'calls',
      title,
      model: {
        open: items.filter(({ isOpen }) => isOpen),
        ahead: items.filter(({ isAhead }) => isAhead),
        past: items.filter(({ isOpen, isAhead }) => !isOpen && !isAhead),
      },
    });
  }

  @Get(':id')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.with(id, request, async (tx, found) => {
      const staff = found.isStaff ? { rows: await readBoard(tx, id), drafts: await readDraftVolume(tx, id) } : null;
      const language = languageOf(request);
      const { call } = found;
      const closing = await readClosing(tx, id);
      this.pages.show(request, reply, {
        view: 'call',
        title: call.name[language],
        region: found.rules.regulation.label[language],
        crumbs: [{ href: '/rondes', label: this.pages.say(request, 'layout.nav-calls') }, { label: call.number }],
        model: {
          ...callView(found, { language, staff, has: (key) => this.pages.views.texts.has(key) }),
          closing,
          ...{ isOpen: isOpenAt(call, request.receivedAt), key: newFormKey(), isSignedIn: request.viewer?.id != null },
        },
      });
    });
  }
}

function isOpenAt(
  { opensAt, closesAt, closedAt, phase }: { opensAt: string; closesAt: string; closedAt: string | null; phase: string },
  now: string,
): boolean {
  return phase === 'submitted' && opensAt <= now && now < closesAt && closedAt === null;
}
