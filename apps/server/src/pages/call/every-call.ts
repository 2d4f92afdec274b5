import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database } from '#lib/database';
import type { Text } from '#lib/kernel';
import { isOpenAt, listCallsOfRegions, type CallView } from '#lib/regulation';

const REGIONS = {
  name: 'regions-of-calls',
  text: `select code, jsonb_build_object('nl', name_nl, 'en', name_en) as name from region`,
};

/** A call with the name of its region and whether it is open at this moment. */
export interface PlacedCall {
  readonly call: CallView;
  readonly region: Text;
  readonly isOpen: boolean;
}

/** The calls of all regions that a viewer may see. */
@Injectable()
export class EveryCall {
  constructor(private readonly database: Database) {}

  async list(request: FastifyRequest): Promise<readonly PlacedCall[]> {
    const regions = await this.database.ask<{ code: string; name: Text }>(REGIONS, []);
    const scope = { regions: regions.map(({ code }) => code), actor: request.viewer?.id ?? null, readOnly: true };
    const calls = await this.database.unit(scope, (tx) => listCallsOfRegions(tx));
    const names = new Map(regions.map(({ code, name }) => [code, name]));
    return calls.map((call) => ({
      call,
      region: names.get(call.region) ?? { nl: call.region, en: call.region },
      isOpen: isOpenAt(call, request.receivedAt),
    }));
  }
}
