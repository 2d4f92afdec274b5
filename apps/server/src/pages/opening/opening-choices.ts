import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NATIONAL, type OpeningWish } from '#lib/intake';
import { languageOf } from '../../edge/language.js';
import { EveryCall } from '../call/every-call.js';
import { Desks } from '../contact/desks.js';
import { Pages } from '../pages.js';

/** One thing that somebody can want to hear of, as the form names it. */
export interface OpeningChoice {
  /** `ronde:<id>`, or `netwerk:<code>` for the next call of a network. */
  readonly value: string;
  readonly text: string;
  readonly wish: OpeningWish;
}

/** What can be told: each call that is announced and not open yet, and the next call of every network. */
@Injectable()
export class OpeningChoices {
  constructor(
    private readonly pages: Pages,
    private readonly every: EveryCall,
    private readonly desks: Desks,
  ) {}

  async list(request: FastifyRequest): Promise<readonly OpeningChoice[]> {
    const language = languageOf(request);
    const calls = (await this.every.list(request)).filter(({ call }) => opensLater(call, request));
    const networks = (await this.desks.all(request)).filter(({ region }) => region !== NATIONAL);
    return [
      ...calls.map(({ call, region }) => ({
        value: `ronde:${call.id}`,
        text: this.pages.say(request, 'opening.of-call', { call: call.name[language], region: region[language] }),
        wish: { region: call.region, callId: call.id, language },
      })),
      ...networks.map(({ region, name }) => ({
        value: `netwerk:${region}`,
        text: this.pages.say(request, 'opening.of-network', { region: name }),
        wish: { region, callId: null, language },
      })),
    ];
  }
}

/** Whether a call is announced to everybody and has not opened. */
export function opensLater(
  { phase, opensAt }: { readonly phase: string; readonly opensAt: string },
  { receivedAt }: FastifyRequest,
): boolean {
  return phase === 'submitted' && opensAt > receivedAt;
}
