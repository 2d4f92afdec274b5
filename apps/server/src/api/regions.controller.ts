import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Policy } from '#lib/access';
import { Database } from '#lib/database';

export class RegionView {
  @ApiProperty({ example: 'noord' })
  readonly code!: string;

  @ApiProperty({ example: { nl: 'Demo-netwerk Noord', en: 'Demo network North' } })
  readonly name!: { readonly nl: string; readonly en: string };
}

const LIST = `select code, jsonb_build_object('nl', name_nl, 'en', name_en) as name from region order by code`;

@ApiTags('regions')
@Controller('api/v1/regions')
@Policy('public')
export class RegionsController {
  constructor(private readonly database: Database) {}

  /** The networks that use this installation. */
  @Get()
  @ApiOkResponse({ type: [RegionView] })
  list(): Promise<RegionView[]> {
    return this.database.ask<RegionView>({ name: 'list-regions', text: LIST });
  }
}
