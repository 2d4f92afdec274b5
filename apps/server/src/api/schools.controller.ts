import { Controller, Get, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { Policy } from '#lib/access';
import { FindSchools, type FoundSchool } from '#lib/people';
import { described, listOf, oneOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';

const SCHOOL = described<FoundSchool>('School', {
  site: '90AA00',
  brin: '90AA',
  name: 'Basisschool De Regenboog',
  level: oneOf(['PO', 'VO', 'VMBO'], 'PO'),
  board: '90001',
  boardName: 'Stichting Scholen Voorbeeld',
  place: 'Assen',
  municipality: 'Assen',
  province: 'Drenthe',
  region: 'noord',
  regionName: { nl: 'Demo-netwerk Noord', en: 'Demo network North' },
  isEnded: false,
});

export class SchoolQuery {
  @ApiPropertyOptional({ example: 'regenboog assen', description: 'BRIN, or words of name and place.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly query?: string;
}

@ApiTags('schools')
@Controller('api/v1/schools')
@Policy('public')
export class SchoolsController {
  constructor(private readonly schools: FindSchools) {}

  @Get()
  @Documented({ summary: 'At most ten schools by BRIN, name or place, each with its network.', answer: listOf(SCHOOL) })
  async search(@Query() { query = '' }: SchoolQuery): Promise<readonly FoundSchool[]> {
    return this.schools.search(query);
  }
}
