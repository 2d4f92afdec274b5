import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { isNamed } from '#lib/intake';
import { formatCents } from '#lib/kernel';
import { ApplicationLetters } from '../../application/application-letters.js';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { plainDate } from '../moments.js';
import { waiverWords } from '../action/waiver.view.js';
import { Pages } from '../pages.js';
import { regimeKey, sayingUnder } from '#lib/regulation';
import { askedForView } from './completion.view.js';
import { HubCases } from './hub-case.js';
import { nowCard } from './hub.view.js';
import { partLinks } from './part.view.js';
import { progress } from './progress.view.js';
import { isInHand } from './proposal-case.js';
import { standingOf } from './standing.js';
import { answersView, conditionsView, openPointsView } from './read.view.js';

/** One proposal: where it stands and what to do next (I3). */
@ApiExcludeController()
@Controller('aanvragen/:id')
@Policy('by-scope')
export class ProposalPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly hubs: HubCases,
    private readonly letters: ApplicationLetters,
  ) {}

  @Get()
  async hub(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { found, around } = await this.hubs.read(id, request);
    const { proposal, call } = found;
    const isWriter = proposal.isOwn || proposal.isCoWriter;
    const language = languageOf(request);
    const say = sayingUnder(found.regime, (key, values) => this.pages.say(request, key, values));
    const words = {
      ...{ language, say, now: request.receivedAt, date: (moment: string) => plainDate(language, moment) },
      euro: (cents: number) => formatCents(BigInt(cents), language),
    };
    this.pages.show(request, reply, {
      view: 'proposal',
      title: isNamed(proposal.title) ? proposal.title : say('proposal.unnamed'),
      crumbs: [
        isWriter
          ? { href: '/aanvragen', label: say('layout.nav-proposals') }
          : { href: `/rondes/${call.id}`, label: call.name[language] },
        { label: proposal.number },
      ],
      model: {
        ...{ proposal, callName: call.name[language], card: nowCard(found, words), steps: progress(found, words) },
        badge: standingOf(proposal, say),
        links: isInHand(proposal) ? partLinks(found, language) : null,
        ...{ asked: askedForView(found, language), objectionName: `objection.name-${regimeKey(found.regime)}` },
        ...{ isStaff: !isWriter, around, stepsTitle: say(`proposal.steps${isWriter ? '' : '-staff'}`) },
        ...{ openPoints: openPointsView(found, language), conditions: conditionsView(found, words) },
        unconfirmed: proposal.unconfirmed.map((one) => ({ ...one, message: say(`party.open-${one.state}`) })),
        copy: await this.letters.copyOf(found, request),
        parts: proposal.isOwn && isInHand(proposal) ? null : answersView(found, words),
        actions: proposal.actions
          .filter(({ action }) => !ELSEWHERE.includes(action))
          .map((one) => ({ ...one, text: actionText(say, this.pages, one, proposal.outcome) })),
      },
    });
  }
}

/** Acts that have a screen or a card of their own. */
const ELSEWHERE: readonly string[] = ['submit', 'complete', 'give-view'];

function actionText(
  say: (key: string) => string,
  pages: Pages,
  { action, label }: { action: string; label: string | null },
  outcome: string | null,
): string {
  const key = `action.${action === 'waive' ? waiverWords(outcome) : action}.title`;
  return pages.views.texts.has(key) ? say(key) : (label ?? action);
}
