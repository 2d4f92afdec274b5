import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import type { FormFault } from '#lib/regulation';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { clock } from '../moments.js';
import { fieldsOf } from '../form-fields.js';
import { Pages } from '../pages.js';
import { pressedIn } from '../search-box.js';
import { budgetFigures, budgetHints } from './budget-figures.js';
import {
  baseText,
  basesOf,
  errorsOf,
  isBegun,
  nextAfter,
  partFields,
  partLinks,
  questionsOf,
  titleOf,
  typedIn,
} from './part.view.js';
import { isInHand, ProposalCases, type ProposalCase } from './proposal-case.js';
import { NO_SEARCH, REGISTRY_SEARCHES, RegistrySearch, type RegistryBoxes } from './registry-search.js';
import { SavePart, type SavedPart } from './save-part.js';
import { rowAfter } from './row-place.js';

type Written = Pick<SavedPart, 'title' | 'content'>;

/** The part of the form that is about amounts. */
const BUDGET = 'budget';

/** Filling in one part of a proposal (I4): six questions or so, saved while one writes. */
@ApiExcludeController()
@Controller('aanvragen/:id/onderdelen/:part')
@Policy('by-scope')
export class PartPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly cases: ProposalCases,
    private readonly saving: SavePart,
    private readonly registry: RegistrySearch,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Param('part') part: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readWritten(id, request);
    if (!isInHand(found.proposal)) {
      void reply.redirect(`/aanvragen/${id}`, 303);
      return;
    }
    const written = { title: titleOf(found.proposal), content: found.proposal.content };
    const questions = questionsOf(found, written, part);
    if (questions.length > 0 && typedIn(questions).length === 0)
      void reply.redirect(`/aanvragen/${id}/onderdelen/${part}/bijlagen`, 303);
    else this.form({ request, reply, part, found, written });
  }

  @Post()
  async save(
    @Param('id', IdPipe) id: string,
    @Param('part') part: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { outcome, found, ...written } = await this.saving.execute(id, part, request);
    const action = pressedIn(fieldsOf(request), REGISTRY_SEARCHES);
    const place = { request, reply, part, found, written };
    if (outcome === 'changed') {
      this.form({ ...place, status: 409 });
      return;
    }
    if (action === 'files') {
      void reply.redirect(`/aanvragen/${id}/onderdelen/${part}/bijlagen`, 303);
      return;
    }
    if (action.startsWith('search:')) {
      const say = this.pages.say.bind(this.pages, request);
      this.form({ ...place, search: await this.registry.search(action, fieldsOf(request), say) });
      return;
    }
    const row = rowAfter(action, found);
    if (row !== null) {
      void reply.redirect(`/aanvragen/${id}/onderdelen/${part}?rij#${row}`, 303);
      return;
    }
    // Going on with something that is no answer yet would hide it; what is merely missing may wait.
    const wrong = found.form
      .faults(written.title, found.proposal.content)
      .filter(({ path, code, ...fault }) => fault.part === part && code !== 'missing' && found.mayChange(path));
    if (wrong.length > 0 && action !== 'later') this.form({ ...place, status: 422 });
    else void reply.redirect(action === 'later' ? `/aanvragen/${id}` : nextAfter(found, part), 303);
  }

  @Post('bewaar')
  async autosave(
    @Param('id', IdPipe) id: string,
    @Param('part') part: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { outcome, found, base } = await this.saving.execute(id, part, request);
    if (outcome === 'changed') {
      this.pages.fragment(request, reply, 'fragments/part-saved', {
        state: 'error',
        text: this.pages.say(request, 'form.changed-elsewhere'),
      });
      return;
    }
    const text = this.pages.say(request, 'form.saved-at', { time: clock(languageOf(request), request.receivedAt) });
    this.pages.fragment(request, reply, 'fragments/part-saved', {
      ...{ state: 'saved', text, base },
      figures: this.figuresOf(found, part, request),
    });
  }

  /** What stands beside the amounts; null in other parts. */
  private figuresOf(found: ProposalCase, part: string, request: FastifyRequest): object | null {
    if (part !== BUDGET) return null;
    return budgetFigures(found, { say: this.pages.say.bind(this.pages, request), language: languageOf(request) });
  }

  private hintsOf(found: ProposalCase, request: FastifyRequest): Readonly<Record<string, unknown>> {
    return budgetHints(found, { say: this.pages.say.bind(this.pages, request), language: languageOf(request) });
  }

  private form({ request, reply, part, found, written, status = 200, search = NO_SEARCH }: PartForm): void {
    const { proposal, form, call, mayChange } = found;
    const words = this.pages.words(request);
    const { language } = words;
    const known = form.file.parts[part];
    if (known === undefined) throw new SubjectNotFound('part', part);
    const questions = questionsOf(found, written, part);
    const faults = faultsIn(found, part, written);
    // Somebody who works on a row, or has only just come, is not told what is still empty.
    const isAtWork = search !== NO_SEARCH || 'rij' in (request.query as object) || !isBegun(questions, written.content);
    const tells = isAtWork && status === 200 ? faults.filter(({ code }) => code !== 'missing') : faults;
    const stored = { title: titleOf(proposal), content: proposal.content };
    this.pages.show(request, reply, {
      view: 'part',
      title: known.label[language],
      status,
      errors: errorsOf(status === 200 ? tells.filter(({ code }) => code !== 'missing') : tells, questions, language),
      crumbs: [
        { href: '/aanvragen', label: this.pages.say(request, 'layout.nav-proposals') },
        { href: `/aanvragen/${proposal.id}`, label: proposal.title },
        { label: known.label[language] },
      ],
      model: {
        ...{ proposal, call, links: partLinks(found, language, part), heading: known.label[language] },
        ...{
          at: form.file.order.indexOf(part) + 1,
          of: form.file.order.length,
          fields: partFields({
            questions,
            ...written,
            ...{ words, tells, mayChange, hints: this.hintsOf(found, request) },
          }),
          figures: this.figuresOf(found, part, request),
        },
        ...{
          base: baseText(basesOf(questions, stored)),
          isChanged: status === 409,
          isCompletion: proposal.phase !== 'preparing',
        },
        mine: status === 409 ? partFields({ questions, ...stored, words, tells: [], mayChange }) : null,
        address: `/aanvragen/${proposal.id}/onderdelen/${part}`,
        search,
      },
    });
  }
}

/** What is missing or wrong in the answers of a part that may change. */
function faultsIn({ form, mayChange }: ProposalCase, part: string, { title, content }: Written): readonly FormFault[] {
  return form.faults(title, content).filter((fault) => fault.part === part && mayChange(fault.path));
}

interface PartForm {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly part: string;
  readonly found: ProposalCase;
  readonly written: Written;
  readonly status?: number;
  readonly search?: RegistryBoxes;
}
