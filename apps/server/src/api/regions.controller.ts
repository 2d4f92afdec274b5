import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '#lib/access';
import { Database } from '#lib/database';
import type { Text } from '#lib/kernel';
import { described, listOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';

interface RegionView {
  readonly code: string;
  readonly name: Text;
}

const REGION = described<RegionView>('Region', {
  code: 'noord',
  name: { nl: 'Demo-netwerk Noord', en: 'Demo network North' },
});

const LIST = `select code, jsonb_build_object('nl', name_nl, 'en', name_en) as name from region order by code`;

@ApiTags('regions')
@Controller('api/v1/regions')
@Policy('public')
export class RegionsController {
  constructor(private readonly database: Database) {}

  @Get()
  @Documented({
    summary: 'The networks that use this installation.',
    answer: listOf(REGION),
  })
  list(): Promise<readonly RegionView[]> {
    return this.database.ask<RegionView>({ name: 'list-regions', text: LIST });
  }
}
