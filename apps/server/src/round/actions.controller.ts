import { BadRequestException, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Engine, SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../edge/id.pipe.js';
import { Documented } from '../edge/documented.js';
import { languageOf } from '../edge/language.js';
import { actorOf, keyOf } from '../edge/request-facts.js';
import { MOVED } from './answers/shared.js';
import { Subjects } from './subjects.js';
import { objections, type ObjectionView } from './subject-view.js';

/** What a move answers; read the subject for what it became. */
export interface MovedView {
  readonly id: string;
  readonly version: number;
  /** The same request was made before; nothing was done now. */
  readonly repeated: boolean;
  readonly warnings: readonly ObjectionView[];
}

type Kind = 'call' | 'proposal' | 'review' | 'initiative';

/** The body holds what the action needs, as the subject lists it; the frozen workflow judges it, so no DTO can. */
const BODY = {
  schema: { type: 'object', additionalProperties: true, example: { reason: 'Er is genoeg ingediend.' } },
  required: false,
};
const MOVE = {
  ...{ answer: MOVED, once: true, faults: ['payload-is-wrong'] },
  refusals: ['move-refused', 'action-not-now'],
};

@ApiTags('actions')
@Controller('api/v1')
@Policy('by-scope')
export class ActionsController {
  constructor(
    private readonly subjects: Subjects,
    private readonly engine: Engine,
  ) {}

  @Post('calls/:id/actions/:action')
  @HttpCode(200)
  @ApiBody(BODY)
  @Documented({ summary: 'Makes a move of a call.', ...MOVE })
  call(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
  ): Promise<MovedView> {
    return this.move('call', id, action, request);
  }

  @Post('proposals/:id/actions/:action')
  @HttpCode(200)
  @ApiBody(BODY)
  @Documented({ summary: 'Makes a move of a proposal.', ...MOVE })
  proposal(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
  ): Promise<MovedView> {
    return this.move('proposal', id, action, request);
  }

  @Post('reviews/:id/actions/:action')
  @HttpCode(200)
  @ApiBody(BODY)
  @Documented({ summary: 'Makes a move of a review.', ...MOVE })
  review(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
  ): Promise<MovedView> {
    return this.move('review', id, action, request);
  }

  @Post('initiatives/:id/actions/:action')
  @HttpCode(200)
  @ApiBody(BODY)
  @Documented({
    summary: 'Makes a move of an initiative: register, match, support, declare ready, close, withdraw.',
    ...MOVE,
  })
  async initiative(
    @Param('id', IdPipe) id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
  ): Promise<MovedView> {
    // Going on as a proposal is more than a move: POST /initiatives/:id/proposal does it.
    if (action === 'convert') throw new SubjectNotFound('action', action);
    return this.move('initiative', id, action, request);
  }

  private async move(kind: Kind, id: string, action: string, request: FastifyRequest): Promise<MovedView> {
    const [key, payload] = [keyOf(request), payloadOf(request.body)];
    const region = await this.subjects.regionOf(kind, id);
    const { version, repeated, warnings } = await this.engine.act({
      ...{ subject: { kind, id }, action, payload },
      ...{ actor: actorOf(request, region), receivedAt: request.receivedAt, key },
    });
    return { id, version, repeated, warnings: objections(warnings, languageOf(request)) };
  }
}

/** An object, or nothing. */
function payloadOf(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new BadRequestException();
  return body as Readonly<Record<string, unknown>>;
}
