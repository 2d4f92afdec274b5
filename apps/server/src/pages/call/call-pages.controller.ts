import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { readBoard, readDraftVolume } from '#lib/decision';
import { listOwnQuestions, listPublishedQuestions, takesQuestions } from '#lib/intake';
import { SubjectNotFound } from '#lib/engine';
import { callDays, isBeforeClosing, isOpenAt, readClosing } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { questionsView } from '../question/questions.view.js';
import { AroundCalls } from './around-call.js';
import { calendarFile } from './calendar.js';
import { CallCases } from './call-case.js';
import { callView } from './call.view.js';
import { EveryCall } from './every-call.js';

/** Which calls there are, and one call: what it is for, how it is judged, until when (I1). */
@ApiExcludeController()
@Controller('rondes')
@Policy('public')
export class CallPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly every: EveryCall,
    private readonly cases: CallCases,
    private readonly around: AroundCalls,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const items = (await this.every.list(request)).map(({ call, region, isOpen }) => ({
      ...{ ...call, name: call.name[language], region: region[language] },
      ...{ isOpen, isAhead: call.opensAt > request.receivedAt },
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

  /** The closing, for a calendar. */
  @Get(':id/sluiting.ics')
  async calendar(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { call } = await this.cases.read(id, request);
    if (!isBeforeClosing(call, request.receivedAt)) throw new SubjectNotFound('call', id);
    const file = calendarFile({
      ...{ uid: `call-${id}`, at: call.closesAt, writtenAt: request.receivedAt },
      summary: this.pages.say(request, 'call.closing-of', { call: call.name[languageOf(request)] }),
    });
    void reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="sluiting-${call.number.replace(/[^\w-]/g, '')}.ics"`)
      .send(file);
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.with(id, request, async (tx, found) => {
      const staff = found.isStaff ? { rows: await readBoard(tx, id), drafts: await readDraftVolume(tx, id) } : null;
      const language = languageOf(request);
      const { call } = found;
      const closing = await readClosing(tx, id);
      const around = await this.around.of(call, request);
      const days = callDays(found.rules.regulation, call.closesAt);
      const published = await listPublishedQuestions(tx, id);
      this.pages.show(request, reply, {
        view: 'call',
        title: call.name[language],
        region: found.rules.regulation.label[language],
        crumbs: [{ href: '/rondes', label: this.pages.say(request, 'layout.nav-calls') }, { label: call.number }],
        model: {
          ...callView(found, { language, staff, has: (key) => this.pages.views.texts.has(key) }),
          ...{ closing, ...around },
          mayRemind: isBeforeClosing(call, request.receivedAt),
          ...{ isOpen: isOpenAt(call, request.receivedAt), key: newFormKey(), isSignedIn: request.viewer?.id != null },
          ...{ ...days, published: questionsView(published, language), own: await listOwnQuestions(tx, id) },
          mayAsk: takesQuestions(call, days.questionsUntil, request.receivedAt),
        },
      });
    });
  }
}
