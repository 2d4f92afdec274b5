import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import { ConsultRegion, NATIONAL, type InitiativeView } from '#lib/intake';
import type { Language } from '#lib/kernel';
import { listCallsOfRegions, type CallView } from '#lib/regulation';

const REGIONS = { name: 'region-names', text: 'select code, name_nl as nl, name_en as en from region order by code' };
const DESKS = { name: 'desks-of', text: 'select r.code from region r where app.is_desk(r.code, $1)' };

/** What lies around an initiative: its network, the networks that are asked, the calls it could go on in. */
export interface Around {
  readonly regionName: string;
  readonly consultations: readonly object[];
  /** Regions that could still be asked. */
  readonly others: readonly { readonly code: string; readonly name: string }[];
  readonly calls: readonly { readonly value: string; readonly name: string }[];
}

@Injectable()
export class InitiativeNeighbours {
  constructor(
    private readonly database: Database,
    private readonly consulting: ConsultRegion,
  ) {}

  async of({ id, region, consulted, isOwn }: InitiativeView, actor: string, language: Language): Promise<Around> {
    const regions = await this.database.ask<{ code: string; nl: string; en: string }>(REGIONS, []);
    const desks = (await this.database.ask<{ code: string }>(DESKS, [actor])).map(({ code }) => code);
    const nameOf = (code: string): string => regions.find((one) => one.code === code)?.[language] ?? code;
    const asked = consulted.length === 0 ? [] : await this.consulting.list(id, [region, ...consulted], actor);
    const where = region === NATIONAL ? regions.map(({ code }) => code) : [region];
    const calls = isOwn ? await this.callsOf(where, actor) : [];
    return {
      regionName: nameOf(region),
      consultations: asked.map((one) => ({ ...one, name: one.name[language], isMine: desks.includes(one.region) })),
      others: desks.includes(region)
        ? regions
            .filter(({ code }) => code !== region && !consulted.includes(code))
            .map(({ code }) => ({ code, name: nameOf(code) }))
        : [],
      calls: calls.map((call) => ({
        value: `${call.region} ${call.id}`,
        name: `${nameOf(call.region)}: ${call.name[language]}`,
      })),
    };
  }

  private async callsOf(
    regions: readonly string[],
    actor: string,
  ): Promise<readonly Pick<CallView, 'id' | 'region' | 'name'>[]> {
    const calls = await this.database.unit({ regions, actor, readOnly: true }, (tx) => listCallsOfRegions(tx));
    return calls.filter(({ phase, closedAt }) => phase === 'submitted' && closedAt === null);
  }
}
