import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database } from '#lib/database';
import { ConsultRegion, ConvertInitiative, NATIONAL, type CallFit, type InitiativeView } from '#lib/intake';
import type { Instant } from '#lib/kernel';
import { isOpenAt, listCallsOfRegions, type CallView } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Desks, type DeskView } from '../contact/desks.js';

const REGIONS = { name: 'region-names', text: 'select code, name_nl as nl, name_en as en from region order by code' };
const DESKS = { name: 'desks-of', text: 'select r.code from region r where app.is_desk(r.code, $1)' };

/** What lies around an initiative: its network, the networks that are asked, the calls it could go on in. */
export interface Around {
  readonly regionName: string;
  readonly desk: DeskView | null;
  readonly consultations: readonly object[];
  /** Regions that could still be asked. */
  readonly others: readonly { readonly code: string; readonly name: string }[];
  readonly calls: readonly { readonly value: string; readonly name: string }[];
  /** Open calls that are for others, and why. */
  readonly unfit: readonly { readonly name: string; readonly why: string }[];
  /** When the only open call closes; null when there are none or several. */
  readonly closesLast: Instant | null;
}

@Injectable()
export class InitiativeNeighbours {
  constructor(
    private readonly database: Database,
    private readonly consulting: ConsultRegion,
    private readonly converting: ConvertInitiative,
    private readonly desks: Desks,
  ) {}

  async of(initiative: InitiativeView, request: FastifyRequest): Promise<Around> {
    const { id, region, consulted, isOwn } = initiative;
    const [actor, language, now] = [personOf(request), languageOf(request), request.receivedAt];
    const regions = await this.database.ask<{ code: string; nl: string; en: string }>(REGIONS, []);
    const desks = (await this.database.ask<{ code: string }>(DESKS, [actor])).map(({ code }) => code);
    const nameOf = (code: string): string => regions.find((one) => one.code === code)?.[language] ?? code;
    const asked = consulted.length === 0 ? [] : await this.consulting.list(id, [region, ...consulted], actor);
    const where = region === NATIONAL ? regions.map(({ code }) => code) : [region];
    const calls = isOwn ? await this.callsOf(initiative, where, { actor, now }) : [];
    return {
      ...{ regionName: nameOf(region), desk: await this.desks.of(region, request) },
      consultations: asked.map((one) => ({ ...one, name: one.name[language], isMine: desks.includes(one.region) })),
      others: desks.includes(region)
        ? regions
            .filter(({ code }) => code !== region && !consulted.includes(code))
            .map(({ code }) => ({ code, name: nameOf(code) }))
        : [],
      calls: calls
        .filter(({ fit }) => fit.refusals.length === 0)
        .map(({ call }) => ({
          value: `${call.region} ${call.id}`,
          name: `${nameOf(call.region)}: ${call.name[language]}`,
        })),
      unfit: calls
        .filter(({ fit }) => fit.refusals.length > 0)
        .map(({ call, fit }) => ({
          name: call.name[language],
          why: fit.refusals.map((text) => text[language]).join(' '),
        })),
      closesLast: calls.length === 1 ? (calls[0]?.call.closesAt ?? null) : null,
    };
  }

  /** Those that are open now, each with how the initiative fits it. */
  private async callsOf(
    initiative: InitiativeView,
    regions: readonly string[],
    { actor, now }: { readonly actor: string; readonly now: Instant },
  ): Promise<readonly { readonly call: CallView; readonly fit: CallFit }[]> {
    const calls = await this.database.unit({ regions, actor, readOnly: true }, (tx) => listCallsOfRegions(tx));
    const open = calls.filter((call) => isOpenAt(call, now));
    return Promise.all(open.map(async (call) => ({ call, fit: await this.converting.fit(initiative, call) })));
  }
}
