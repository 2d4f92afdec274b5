import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { AskCheck, type OwnCheck } from '#lib/intake';
import { DomainError, type Language } from '#lib/kernel';
import type { CompiledForm } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { EarlyCheckCases, type EarlyCheckCase } from './early-check-case.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Asking before the closing what is still missing in a draft, and the answer of the secretary. */
@ApiExcludeController()
@Controller('aanvragen/:id/volledigheid')
@Policy('by-scope')
export class EarlyCheckPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: EarlyCheckCases,
    private readonly asking: AskCheck,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const one = await this.cases.read(id, request);
    this.page({ request, reply }, one, one.found.form.file.order, []);
  }

  @Post()
  async ask(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const one = await this.cases.read(id, request);
    const fields = fieldsOf(request);
    const parts = one.found.form.file.order.filter((key) => fields[`part.${key}`] === 'on');
    try {
      await this.asking.execute(id, parts, {
        ...{ actorId: personOf(request), region: one.found.proposal.region },
        ...{ receivedAt: request.receivedAt, key: formKeyOf(request) },
      });
      void reply.redirect(`/aanvragen/${id}/volledigheid`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.page({ request, reply }, one, parts, [{ id: 'onderdelen', message: faultOf(error, request).message }]);
    }
  }

  private page(
    { request, reply }: Exchange,
    { found, days, waiting, answered, mayAsk }: EarlyCheckCase,
    ticked: readonly string[],
    errors: readonly FieldError[],
  ): void {
    const { proposal, form } = found;
    const language = languageOf(request);
    const title = this.pages.say(request, 'early-check.title');
    this.pages.show(request, reply, {
      view: 'early-check',
      title,
      errors,
      status: errors.length > 0 ? 409 : 200,
      crumbs: [{ href: `/aanvragen/${proposal.id}`, label: proposal.number }, { label: title }],
      model: {
        ...{ proposal, days, waiting, mayAsk, key: newFormKey() },
        waitingParts: partNames(form, waiting?.parts ?? [], language).join(', '),
        answered: answered.map((one) => answerView(one, form, language)),
        parts: form.file.order.map((key) => ({
          ...{ id: `part-${key}`, path: `part.${key}` },
          ...{ label: form.file.parts[key]?.label[language] ?? key, checked: ticked.includes(key) },
        })),
      },
    });
  }
}

function partNames({ file }: CompiledForm, keys: readonly string[], language: Language): readonly string[] {
  return keys.map((key) => file.parts[key]?.label[language].toLowerCase() ?? key);
}

function answerView({ answeredAt, missing, note }: OwnCheck, { file }: CompiledForm, language: Language): object {
  const rows = (missing ?? []).map(({ path, text }) => ({
    label: file.questions[path]?.label[language] ?? path,
    text,
  }));
  return { answeredAt, rows, note };
}
