import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import { brinOf, type Language } from '#lib/kernel';
import { MANDATE_KINDS, type MandateKind } from '../mandates/mandate.js';
import { EmailField, LanguageField, LineField, Tidied } from './fields.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A mandate to give. */
export class GiveMandateDto {
  @EmailField()
  readonly holder!: string;

  @LineField('B. Bestuurder', 200)
  readonly holderName!: string;

  @LanguageField()
  readonly language!: Language;

  @ApiProperty({ enum: MANDATE_KINDS, isArray: true, example: ['confirm'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(MANDATE_KINDS, { each: true })
  readonly kinds!: MandateKind[];

  @ApiPropertyOptional({
    isArray: true,
    type: String,
    example: ['90AA'],
    description: 'Absent: all schools of the board.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Tidied(brinOf)
  @ArrayUnique()
  @Matches(/^\d{2}[A-Z]{2}$/, { each: true })
  readonly schools?: string[];

  @ApiPropertyOptional({ example: false, description: 'Signs for the board, and so may give mandates; by staff only.' })
  @IsOptional()
  @IsBoolean()
  readonly isSignatory?: boolean;

  @ApiPropertyOptional({ format: 'date', example: '2027-01-01', description: 'Absent: today.' })
  @IsOptional()
  @Matches(DAY)
  @IsISO8601({ strict: true })
  readonly validFrom?: string;

  @ApiPropertyOptional({ format: 'date', example: '2027-12-31', description: 'Absent: until it is ended.' })
  @IsOptional()
  @Matches(DAY)
  @IsISO8601({ strict: true })
  readonly validUntil?: string;

  @ApiPropertyOptional({ example: 'Besluit van het bestuur van 4 januari 2027', description: 'Staff must give it.' })
  @IsOptional()
  @IsString()
  @Length(1, 2000)
  readonly evidence?: string;
}
