import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { DomainError } from '#lib/kernel';
import { EndMandate, GiveMandate, ReadMandates, type BoardView } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { viewerOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, localPath, newFormKey, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { mandateFields, mandateIn } from './mandate-form.js';

/** The mandates of one school board: who has one, giving one, ending one. */
@ApiExcludeController()
@Controller('schoolbestuur')
@Policy('by-scope')
export class MandatePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadMandates,
    private readonly giving: GiveMandate,
    private readonly ending: EndMandate,
  ) {}

  @Get(':board/machtigingen')
  async show(@Param('board') board: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.page({ request, reply }, await this.reading.ofBoard(viewerOf(request), board), {}, []);
  }

  @Post(':board/machtigingen')
  async give(
    @Param('board') number: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const board = await this.reading.ofBoard(viewerOf(request), number);
    const fields = fieldsOf(request);
    const say = (key: string): string => this.pages.say(request, key);
    const { given, errors } = mandateIn(fields, board, { language: languageOf(request), say });
    if (errors.length > 0) {
      this.page({ request, reply }, board, fields, errors);
      return;
    }
    try {
      await this.giving.execute(viewerOf(request), given, formKeyOf(request));
      void reply.redirect(`/schoolbestuur/${board.board}/machtigingen`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.page({ request, reply }, board, fields, [
        { id: FIELD_OF[error.code] ?? 'holder', message: faultOf(error, request).message },
      ]);
    }
  }

  @Post('machtigingen/:id/einde')
  async end(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.ending.execute(viewerOf(request), id);
    void reply.redirect(localPath(fieldsOf(request)['back'] ?? '/schoolbestuur'), 303);
  }

  private page(
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    board: BoardView,
    fields: Fields,
    errors: readonly FieldError[],
  ): void {
    const say = (key: string): string => this.pages.say(request, key);
    const title = this.pages.say(request, 'board.mandates-of', { board: board.name });
    this.pages.show(request, reply, {
      ...{ view: 'mandates', title, errors, status: errors.length > 0 ? 422 : 200 },
      crumbs: [{ href: '/schoolbestuur', label: say('board.title') }, { label: board.name }],
      model: {
        ...{ board, key: newFormKey(), address: `/schoolbestuur/${board.board}/machtigingen` },
        ...mandateFields(fields, board, say),
        mandates: board.mandates.map((one) => ({
          ...one,
          kindTexts: one.kinds.map((kind) => say(`board.kind-${kind}`)),
        })),
        errorFor: Object.fromEntries(errors.map(({ id, message }) => [id, message])),
      },
    });
  }
}

/** The field that a broken rule is about. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'mandate-ends-before-it-starts': 'until',
  'may-not-name-signatory': 'isSignatory',
  'school-of-another-board': 'scope',
  'mandate-needs-evidence': 'evidence',
};
