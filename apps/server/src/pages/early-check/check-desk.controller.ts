import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, regionsOf } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { AnswerCheck, readCheck, type CheckToAnswer, type MissingPoint } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { FrozenRules, type CallView, type CompiledForm } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { viewerOf } from '../../edge/request-facts.js';
import { CallCases } from '../call/call-case.js';
import { faultOf } from '../fault.js';
import { fieldsOf, textIn, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { checkRows } from './check.view.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Found {
  readonly call: CallView;
  readonly check: CheckToAnswer;
  readonly form: CompiledForm;
}

const MOST = 2000;

/** The secretary looks whether a draft is complete: what the form misses, and the parts that the applicant lets see. */
@ApiExcludeController()
@Controller('rondes/:id/volledigheid/:check')
@Policy('by-scope')
export class CheckDeskController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly frozen: FrozenRules,
    private readonly answering: AnswerCheck,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Param('check', IdPipe) checkId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page({ request, reply }, await this.read(id, checkId, request), {}, []);
  }

  @Post()
  async answer(
    @Param('id', IdPipe) id: string,
    @Param('check', IdPipe) checkId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.read(id, checkId, request);
    const fields = fieldsOf(request);
    const missing = missingIn(fields, found.check);
    const silent = this.silent(missing, found, request);
    if (silent.length > 0) {
      this.page({ request, reply }, found, fields, silent);
      return;
    }
    try {
      const note = textIn(fields, 'note', MOST);
      const place = { region: found.call.region, callId: id, checkId };
      await this.answering.execute(viewerOf(request), place, { missing, note });
      void reply.redirect('/', 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.page({ request, reply }, found, fields, [{ id: 'note', message: faultOf(error, request).message }]);
    }
  }

  /** Where the form itself misses something, the answer must say so: a silent secretary would tell that all is well. */
  private silent(
    missing: readonly MissingPoint[],
    { check, form }: Found,
    request: FastifyRequest,
  ): readonly FieldError[] {
    const told = new Set(missing.map(({ path }) => path));
    const language = languageOf(request);
    return check.gaps.faults
      .filter(({ path }) => !told.has(path))
      .map(({ path }) => ({
        id: `m-${path.replaceAll('.', '-')}`,
        message: `${form.file.questions[path]?.label[language] ?? path} ${this.pages.say(request, 'early-check.desk-error-silent')}`,
      }));
  }

  /** Throws SubjectNotFound unless the viewer is secretary of the region and the check waits. */
  private async read(id: string, checkId: string, request: FastifyRequest): Promise<Found> {
    return this.cases.readForStaff(id, request, async (tx, { call }) => {
      if (!regionsOf(viewerOf(request), ['secretary']).includes(call.region)) throw new SubjectNotFound('call', id);
      const check = await readCheck(tx, id, checkId);
      if (check === null) throw new SubjectNotFound('completeness-check', checkId);
      return { call, check, form: await this.frozen.form(call.rulesHash) };
    });
  }

  private page({ request, reply }: Exchange, found: Found, fields: Fields, errors: readonly FieldError[]): void {
    const { call, check, form } = found;
    const language = languageOf(request);
    const title = this.pages.say(request, 'early-check.desk-title', { number: check.number });
    this.pages.show(request, reply, {
      view: 'check-desk',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/rondes/${call.id}`, label: call.name[language] }, { label: title }],
      model: {
        ...{ call, check, note: fields['note'] ?? '' },
        parts: checkRows({ check, form, fields, words: this.pages.words(request), errors }),
      },
    });
  }
}

function missingIn(fields: Fields, { gaps }: CheckToAnswer): readonly MissingPoint[] {
  return gaps.asked.flatMap((path) => {
    const text = textIn(fields, `missing.${path}`, MOST);
    return text === '' ? [] : [{ path, text }];
  });
}
