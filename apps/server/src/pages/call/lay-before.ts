import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readArrivals, readBoard, type BoardRow } from '#lib/decision';
import type { LineVerdict } from '#lib/funding';
import { readReasons, type ReasonsRow } from '#lib/review';
import { languageOf } from '../../edge/language.js';
import { EachMove, type WantedMove } from '../action/each-move.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import { Pages } from '../pages.js';
import { moneyVerdicts, passVerdicts } from './arrival.view.js';
import { CallCases, isInOrderOfArrival, type CallCase } from './call-case.js';
import { verdictsOf } from './ranking.view.js';

/** One move that would be made, as the check page shows it. */
interface Layer extends WantedMove {
  readonly number: string;
  readonly title: string;
  readonly outcome: 'grant' | 'refuse';
  readonly cents: number | null;
  readonly ground: string | null;
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
    const { found, layers } = await this.read(id, request);
    const language = languageOf(request);
    const isAdvice = layers[0]?.action === 'advise';
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
        isAdvice,
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

  private async read(id: string, request: FastifyRequest): Promise<{ found: CallCase; layers: readonly Layer[] }> {
    return this.cases.readForStaff(id, request, async (tx, found) => {
      const rows = await readBoard(tx, id);
      const { roles } = found.situation;
      const arrivals = isInOrderOfArrival(found.rules) ? await readArrivals(tx, id) : null;
      const scored = rows.filter(({ phase }) => phase === 'ranked');
      if (roles.includes('chair') && scored.length > 0) {
        const reasons = await readReasons(tx, id);
        const verdicts = arrivals === null ? verdictsOf(rows, found.rules) : passVerdicts(arrivals);
        return { found, layers: scored.flatMap((row) => adviceOn(row, found, verdicts, reasons)) };
      }
      const advised = roles.includes('secretary')
        ? rows.filter(({ phase, draft }) => phase === 'advised' && draft === null)
        : [];
      const { region } = found.call;
      if (arrivals === null) return { found, layers: advised.map((row) => draftOf(row, region)) };
      const verdicts = moneyVerdicts(arrivals);
      return { found, layers: advised.flatMap((row) => draftInOrder(row, region, verdicts)) };
    });
  }
}

function adviceOn(
  row: BoardRow,
  { rules, call }: CallCase,
  verdicts: readonly LineVerdict[],
  all: readonly ReasonsRow[],
): readonly Layer[] {
  const verdict = verdicts.find(({ id }) => id === row.id);
  if (verdict === undefined) return [];
  const outcome = verdict.ground === null ? 'grant' : 'refuse';
  const { criteria } = rules.regulation.rubric;
  const written = criteria.map(({ key }) => {
    const of = all.find(({ proposalId, criterion }) => proposalId === row.id && criterion === key);
    return [key, (of?.reasons ?? ['–']).join('\n')] as const;
  });
  const payload = { outcome, reasonsPerCriterion: Object.fromEntries(written) };
  return [
    {
      ...layerOf(row, call.region),
      action: 'advise',
      payload,
      outcome,
      ground: verdict.ground,
      cents: outcome === 'grant' ? verdict.cents : null,
    },
  ];
}

/** The draft that follows the advice; refused below the threshold, or because the money is spent. */
function draftOf(row: BoardRow, region: string): Layer {
  const outcome = row.advice?.outcome ?? 'refuse';
  const ground = outcome === 'grant' ? null : row.meetsThreshold === true ? 'ceiling' : 'threshold';
  const cents = row.advice?.amountCents ?? null;
  const payload = {
    outcome,
    ...(ground === null ? {} : { ground }),
    ...(cents === null ? {} : { amountCents: cents }),
  };
  return { ...layerOf(row, region), action: 'prepare-decision', payload, outcome, ground, cents };
}

/** In order of arrival the advice says whether a proposal passes, and the order who gets the money; where lots decide nothing is laid before anybody yet. */
function draftInOrder(row: BoardRow, region: string, verdicts: readonly LineVerdict[]): readonly Layer[] {
  const verdict = verdicts.find(({ id }) => id === row.id);
  const isThreshold = verdict?.ground === 'threshold';
  if (verdict === undefined || (row.advice?.outcome === 'refuse') !== isThreshold) return [];
  const { ground, cents } = verdict;
  const [outcome, amount] = ground === null ? (['grant', cents] as const) : (['refuse', null] as const);
  const payload = ground === null ? { outcome, amountCents: cents } : { outcome, ground };
  return [{ ...layerOf(row, region), action: 'prepare-decision', payload, outcome, ground, cents: amount }];
}

function pathOf({ call, rules }: CallCase): string {
  return `/rondes/${call.id}/${isInOrderOfArrival(rules) ? 'volgorde' : 'rangschikking'}`;
}

function titleOf({ rules }: CallCase): string {
  return isInOrderOfArrival(rules) ? 'arrival.title' : 'ranking.title';
}

function layerOf(
  { id, number, title }: BoardRow,
  region: string,
): Pick<Layer, 'id' | 'number' | 'title' | 'region' | 'kind'> {
  return { id, number, title, region, kind: 'proposal' };
}
