import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readArrivals, readBoard, readStanding, type BoardRow, type Standing } from '#lib/decision';
import { readReasons } from '#lib/review';
import { dateAndTime } from '#lib/kernel';
import { languageOf } from '../../edge/language.js';
import { EachMove } from '../action/each-move.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { moneyVerdicts, passVerdicts } from './arrival.view.js';
import { CallCases, isInOrderOfArrival, type CallCase } from './call-case.js';
import { adviceOn, draftInOrder, draftOf, type Layer } from './layers.js';
import { tiedIn, verdictsOf, waitingIn } from './money-line.js';

const NONE: ReadonlySet<string> = new Set();
const DRAFTS = { isAdvice: false, tied: [] } as const;

/** What the chair can advise on: what is scored, and what was advised on scores that moved since. */
export const waitsForAdvice = ({ phase, advice }: BoardRow): boolean =>
  phase === 'ranked' || (phase === 'advised' && advice?.holds === false);

interface Laid {
  readonly found: CallCase;
  /** Of the chair; else drafts of the secretary. */
  readonly isAdvice: boolean;
  readonly layers: readonly Layer[];
  /** With equal totals at the money line: the committee chooses among them, one by one. */
  readonly tied: readonly BoardRow[];
  /** Whether what this rests on still holds, and what is left out because it moves. */
  readonly standing: Standing;
}

/** Lays many proposals before the next who acts, in one go: the chair's advice by the money line, or the secretary's drafts by the advice. */
@Injectable()
export class Layers {
  constructor(
    private readonly pages: Pages,
    private readonly cases: CallCases,
    private readonly moves: EachMove,
  ) {}

  async show(id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { found, isAdvice, layers, tied, standing } = await this.read(id, request);
    const language = languageOf(request);
    const title = this.pages.say(request, isAdvice ? 'ranking.advise-all' : 'ranking.lay-before');
    this.pages.show(request, reply, {
      view: 'lay-before',
      title,
      crumbs: [{ href: pathOf(found), label: this.pages.say(request, titleOf(found)) }, { label: title }],
      model: {
        call: found.call,
        path: pathOf(found),
        name: found.call.name[language],
        layers,
        tied,
        isAdvice,
        moving: standing.moving.join(', '),
        isOutdated: !standing.rankingHolds,
        rankedOn: standing.rankedAt === null ? '' : dateAndTime(language, standing.rankedAt),
        key: newFormKey(),
      },
    });
  }

  async lay(id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { found, layers } = await this.read(id, request);
    const reasons = (fieldsOf(request)['reasons'] ?? '').trim() || this.pages.say(request, 'ranking.reasons-default');
    const wanted = layers.map((layer) => ({
      ...layer,
      payload: layer.action === 'advise' ? layer.payload : { ...layer.payload, reasons },
    }));
    const refused = await this.moves.make(wanted, request);
    if (refused.length === 0) {
      void reply.redirect(pathOf(found), 303);
      return;
    }
    const title = this.pages.say(request, 'ranking.not-all');
    const items = refused.map(
      ({ id: one, why }) => `${wanted.find((layer) => layer.id === one)?.number ?? ''}: ${why}`,
    );
    this.pages.show(request, reply, {
      view: 'message',
      title,
      status: 409,
      model: {
        text: '',
        items,
        back: pathOf(found),
        backLabel: this.pages.say(request, titleOf(found)),
      },
    });
  }

  private async read(id: string, request: FastifyRequest): Promise<Laid> {
    return this.cases.readForStaff(id, request, async (tx, found) => {
      const rows = await readBoard(tx, id);
      const { roles } = found.situation;
      const arrivals = isInOrderOfArrival(found.rules) ? await readArrivals(tx, id) : null;
      const standing = await readStanding(tx, id);
      const scored = rows.filter(waitsForAdvice);
      if (roles.includes('chair') && scored.length > 0 && !standing.rankingHolds)
        return { found, isAdvice: true, layers: [], tied: [], standing };
      if (roles.includes('chair') && scored.length > 0) {
        const reasons = await readReasons(tx, id);
        const verdicts = arrivals === null ? verdictsOf(rows, found.rules) : passVerdicts(arrivals);
        const [equal, waiting] =
          arrivals === null ? [tiedIn(rows, found.rules), waitingIn(rows, found.rules)] : [NONE, NONE];
        const clear = scored.filter(({ id: one }) => !waiting.has(one));
        const layers = clear.flatMap((row) => adviceOn(row, found, verdicts, reasons));
        return { found, standing, isAdvice: true, layers, tied: scored.filter(({ id: one }) => equal.has(one)) };
      }
      const advised = roles.includes('secretary')
        ? rows.filter(({ phase, draft, advice }) => phase === 'advised' && draft === null && advice?.holds !== false)
        : [];
      const { region } = found.call;
      if (arrivals === null) return { found, standing, ...DRAFTS, layers: advised.map((row) => draftOf(row, region)) };
      const verdicts = moneyVerdicts(arrivals);
      return { found, standing, ...DRAFTS, layers: advised.flatMap((row) => draftInOrder(row, region, verdicts)) };
    });
  }
}

function pathOf({ call, rules }: CallCase): string {
  return `/rondes/${call.id}/${isInOrderOfArrival(rules) ? 'volgorde' : 'rangschikking'}`;
}

function titleOf({ rules }: CallCase): string {
  return isInOrderOfArrival(rules) ? 'arrival.title' : 'ranking.title';
}
