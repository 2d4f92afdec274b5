import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { LetterPrinter } from '#lib/documents';
import { SubjectNotFound } from '#lib/engine';
import { IdPipe } from '../../edge/id.pipe.js';
import { Pages } from '../pages.js';
import { DecisionCases, type DecisionCase } from './decision-case.js';
import { IssuedPrints } from './issued-prints.js';
import { printHeaders } from './print-headers.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The decision on a proposal, to read (I9) and to print; who applies sees it from the announcement on, as it was issued. */
@ApiExcludeController()
@Controller('aanvragen/:id')
@Policy('by-scope')
export class DecisionPagesController {
  private printer: LetterPrinter | null = null;

  constructor(
    private readonly pages: Pages,
    private readonly cases: DecisionCases,
    private readonly prints: IssuedPrints,
  ) {}

  @Get('besluit')
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page({ request, reply }, id, await this.cases.read(id, null, request));
  }

  @Get('besluit/:version')
  async showVersion(
    @Param('id', IdPipe) id: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page({ request, reply }, id, await this.cases.read(id, numberOf(version, id), request));
  }

  @Get('besluit.pdf')
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.send({ request, reply }, await this.cases.read(id, null, request));
  }

  @Get('besluit/:version/brief.pdf')
  async printVersion(
    @Param('id', IdPipe) id: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.send({ request, reply }, await this.cases.read(id, numberOf(version, id), request));
  }

  private page({ request, reply }: Exchange, id: string, found: DecisionCase): void {
    const { letter, waived, isConfirmed, decision, regime, mayObject, isObjectedTo, explained, others } = found;
    const path = `/aanvragen/${id}/besluit`;
    const isOld = others.some(({ version }) => version > (decision.document?.version ?? Infinity));
    this.pages.show(request, reply, {
      view: 'decision',
      title: letter.title,
      crumbs: [{ href: `/aanvragen/${id}`, label: decision.number }, { label: letter.title }],
      model: {
        ...{ letter, waived, isConfirmed, id, explained, isObjectedTo, mayObject: mayObject && !isOld },
        ...{ isPreview: decision.document === null, isOld, objectText: `objection.title-${regime}` },
        printPath: isOld ? `${path}/${String(decision.document?.version ?? 1)}/brief.pdf` : `${path}.pdf`,
        versions: others.map((one) => ({ ...one, path: `${path}/${String(one.version)}` })),
      },
    });
  }

  /** The kept bytes; before the announcement staff get a print of what they read. */
  private async send({ request, reply }: Exchange, { decision, letter, region }: DecisionCase): Promise<void> {
    const { number } = decision;
    if (decision.document === null) {
      this.printer ??= LetterPrinter.load();
      const name = this.pages.say(request, 'decision.file-name', { number });
      void reply.headers(printHeaders(name)).send(this.printer.print(letter).pdf);
      return;
    }
    await this.prints.send({ request, reply }, { id: decision.document.id, region, kind: 'decision', number });
  }
}

/** Throws SubjectNotFound for what is no number of a version. */
function numberOf(text: string, id: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new SubjectNotFound('decision', id);
  return Number(text);
}
