import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { siteOf, type Language } from '#lib/kernel';
import { EmailField, LanguageField, LineField, PARTNER_KINDS, Tidied } from '#lib/people';
import { CONSENT_FIELDS, NEEDS, THEMES, type ConsentField } from '../initiative/initiative-content.js';
import { OFFER_KINDS } from '../initiative/offer-help.js';

const MOST = 2000;
const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** What an initiator writes; consent says field by field what partners may read. */
export class WriteInitiativeDto {
  @LineField('Meten in de kas', 200)
  readonly title!: string;

  @ApiProperty({ example: 'Leerlingen meten licht en vocht in een groentekas.', minLength: 1, maxLength: MOST })
  @trimmed
  @IsString()
  @Length(1, MOST)
  readonly what!: string;

  @ApiPropertyOptional({ example: 'Groep 7 en 8.' })
  @IsOptional()
  @IsString()
  @MaxLength(MOST)
  readonly forWhom?: string;

  @ApiProperty({ enum: NEEDS, isArray: true, example: ['partners'] })
  @IsArray()
  @ArrayUnique()
  @IsIn(NEEDS, { each: true })
  readonly needs!: (typeof NEEDS)[number][];

  @ApiProperty({ enum: THEMES, example: 'wt' })
  @IsIn(THEMES)
  readonly theme!: (typeof THEMES)[number];

  @ApiPropertyOptional({ example: 'Een tuinder in de buurt.' })
  @IsOptional()
  @IsString()
  @MaxLength(MOST)
  readonly wantedPartners?: string;

  @ApiPropertyOptional({
    example: '90AI00',
    description: 'Site of the school: it leads to the network. Absent: the national desk.',
  })
  @IsOptional()
  @Tidied(siteOf)
  @Matches(/^\d{2}[A-Z]{2}\d{2}$/)
  readonly site?: string;

  @ApiPropertyOptional({ example: '0592 12 34 56' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly contact?: string;

  @ApiProperty({ enum: CONSENT_FIELDS, isArray: true, example: ['what', 'wantedPartners'] })
  @IsArray()
  @ArrayUnique()
  @IsIn(CONSENT_FIELDS, { each: true })
  readonly consent!: ConsentField[];
}

export class ConvertInitiativeDto {
  @ApiProperty({
    format: 'uuid',
    example: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e',
    description: 'A call of its network',
  })
  @IsUUID()
  readonly callId!: string;
}

export class MatchOfferDto {
  @ApiProperty({ format: 'uuid', example: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e' })
  @IsUUID()
  readonly offerId!: string;
}

export class ConsultRegionDto {
  @ApiProperty({ example: 'oost', description: 'Code of the region that is asked' })
  @Matches(/^[a-z][a-z0-9-]{1,30}$/)
  readonly region!: string;
}

export class AnswerConsultationDto {
  @ApiProperty({ example: 'Bij ons loopt iets dergelijks.' })
  @trimmed
  @IsString()
  @Length(1, MOST)
  readonly text!: string;
}

/** What a partner offers, with or without an account. */
export class OfferHelpDto {
  @ApiPropertyOptional({
    format: 'uuid',
    example: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e',
    description: 'Absent: for any initiative',
  })
  @IsOptional()
  @IsUUID()
  readonly initiativeId?: string;

  @LineField('Kwekerij Van Dam', 200)
  readonly organisation!: string;

  @ApiProperty({ enum: PARTNER_KINDS, example: 'COMPANY' })
  @IsIn(PARTNER_KINDS)
  readonly kind!: string;

  @ApiProperty({ enum: OFFER_KINDS, example: 'hours' })
  @IsIn(OFFER_KINDS)
  readonly what!: (typeof OFFER_KINDS)[number];

  @ApiPropertyOptional({ example: '20 uur per jaar' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly amount?: string;

  @ApiPropertyOptional({ example: 'Assen', description: 'Where; absent: anywhere' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly place?: string;

  @ApiPropertyOptional({ example: 'Wij ontvangen graag een klas.' })
  @IsOptional()
  @IsString()
  @MaxLength(MOST)
  readonly description?: string;

  @LineField('T. van Dam', 200)
  readonly contactName!: string;

  @EmailField()
  readonly email!: string;

  @LanguageField()
  readonly language!: Language;
}
