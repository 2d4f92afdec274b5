import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { kvkOf, PROVINCES, provinceOf } from '#lib/kernel';
import { ORGANISATION_KINDS, type OrganisationKind } from '../organisations/organisation.js';
import { LineField, Tidied } from './fields.js';

/** An organisation of the registry, as it is written by hand or stands in a file. */
export class OrganisationDto {
  @ApiProperty({ example: 'kwekerij-van-dam', description: 'Names it in files; it never changes.' })
  @IsString()
  @Matches(/^[a-z0-9][a-z0-9-]{1,59}$/)
  readonly code!: string;

  @LineField('Kwekerij Van Dam', 200)
  readonly name!: string;

  @ApiProperty({ enum: ORGANISATION_KINDS, example: 'COMPANY' })
  @IsIn(ORGANISATION_KINDS)
  readonly kind!: OrganisationKind;

  @ApiPropertyOptional({ example: '09000001', description: 'Chamber of Commerce number, eight digits' })
  @IsOptional()
  @Tidied(kvkOf)
  @Matches(/^\d{8}$/)
  readonly kvk?: string;

  @ApiPropertyOptional({ example: 'Assen' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly place?: string;

  @ApiPropertyOptional({ enum: ['', ...PROVINCES], example: 'Drenthe', description: 'Absent or empty: not known.' })
  @IsOptional()
  @Tidied(provinceOf)
  @IsIn(['', ...PROVINCES])
  readonly province?: string;

  @ApiPropertyOptional({ isArray: true, type: String, example: ['noord'], description: 'Empty: nationwide' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(/^[a-z][a-z0-9-]{1,30}$/, { each: true })
  readonly regions?: string[];

  @ApiPropertyOptional({
    format: 'date',
    example: '2027-01-31',
    description: 'From this day on it is no longer found.',
  })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @IsISO8601({ strict: true })
  readonly ended?: string;
}
