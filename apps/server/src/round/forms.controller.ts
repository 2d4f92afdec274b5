import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { FrozenRules, jsonSchemaOf, readCall, type FormFile } from '#lib/regulation';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { anyObject, described } from '../edge/described.js';
import { FORM } from './answers/regulation.js';
import { Subjects } from './subjects.js';

interface FormAnswer extends FormFile {
  readonly schema: Readonly<Record<string, unknown>>;
}

const FORM_ANSWER = described<FormAnswer>('FormWithSchema', { ...FORM, schema: anyObject({ type: 'object' }) });

@ApiTags('calls')
@Controller('api/v1')
export class FormsController {
  constructor(
    private readonly subjects: Subjects,
    private readonly frozen: FrozenRules,
  ) {}

  @Get('calls/:id/form')
  @Policy('public')
  @Documented({
    summary: 'The form of a call: its parts in order, each question, and one JSON Schema (2020-12) over the answers.',
    answer: FORM_ANSWER,
  })
  async form(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<FormAnswer> {
    const call = await this.subjects.read({ kind: 'call', id }, request.viewer?.id ?? null, (tx) => readCall(tx, id));
    if (call === null) throw new SubjectNotFound('call', id);
    const { file } = await this.frozen.form(call.rulesHash);
    return { ...file, schema: jsonSchemaOf(file) };
  }
}
