import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { listExplanations, readDecision, readObjections, type ExplanationView } from '#lib/decision';
import { LetterPrinter, type Letter } from '#lib/documents';
import { SubjectNotFound } from '#lib/engine';
import { readProposal } from '#lib/intake';
import { FrozenRules } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Subjects } from '../../round/subjects.js';
import { plainDate } from '../moments.js';
import { Pages } from '../pages.js';
import { regimeKey, sayingUnder } from '../regime-words.js';
import { decisionLetter } from './decision-letter.js';

interface Found {
  readonly letter: Letter;
  readonly outcome: string;
  readonly number: string;
  /** That what it gives was waived; null when it was not. */
  readonly waived: string | null;
  readonly mayObject: boolean;
  /** Whether staff have an objection to read. */
  readonly isObjectedTo: boolean;
  readonly regime: 'awb' | 'reglement';
  readonly explained: readonly ExplanationView[];
}

/** The decision on a proposal, to read (I9) and to print; who applies sees it from the announcement on. */
@ApiExcludeController()
@Controller('aanvragen/:id')
@Policy('by-scope')
export class DecisionPagesController {
  private printer: LetterPrinter | null = null;

  constructor(
    private readonly pages: Pages,
    private readonly subjects: Subjects,
    private readonly frozen: FrozenRules,
  ) {}

  @Get('besluit')
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { letter, outcome, number, regime, ...more } = await this.read(id, request);
    this.pages.show(request, reply, {
      view: 'decision',
      title: letter.title,
      crumbs: [{ href: `/aanvragen/${id}`, label: number }, { label: letter.title }],
      model: { letter, outcome, id, objectText: `objection.title-${regime}`, ...more },
    });
  }

  @Get('besluit.pdf')
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { letter, number } = await this.read(id, request);
    this.printer ??= LetterPrinter.load();
    const { pdf } = this.printer.print(letter);
    void reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="besluit-${number.replace(/[^\w-]/g, '')}.pdf"`)
      .header('cache-control', 'private, no-store')
      .send(pdf);
  }

  /** Throws SubjectNotFound before there is a decision for this viewer. */
  private async read(id: string, request: FastifyRequest): Promise<Found> {
    const language = languageOf(request);
    return this.subjects.read({ kind: 'proposal', id }, personOf(request), async (tx) => {
      const proposal = await readProposal(tx, id);
      const decision = await readDecision(tx, id);
      if (proposal === null || decision === null) throw new SubjectNotFound('decision', id);
      const { number, title, organisation, call } = proposal;
      const rules = await this.frozen.rules(proposal.rulesHash);
      const applicant = proposal.isOwn ? (request.viewer?.name ?? '') : '';
      const say = sayingUnder(decision.regime, (key, values) => this.pages.say(request, key, values));
      const decided = {
        decision,
        rules,
        number,
        title,
        organisation,
        applicant,
        callName: call.name,
        regionName: rules.regulation.label[language],
      };
      return {
        letter: decisionLetter(decided, { language, say }),
        outcome: decision.outcome,
        number,
        waived:
          decision.waivedAt === null
            ? null
            : say(`waiver.note-${decision.outcome}`, { date: plainDate(language, decision.waivedAt) }),
        mayObject: proposal.isOwn,
        isObjectedTo: !proposal.isOwn && (await readObjections(tx, id)).length > 0,
        regime: regimeKey(decision.regime),
        explained: (await listExplanations(tx, id)).filter(({ answer }) => answer !== null),
      };
    });
  }
}
