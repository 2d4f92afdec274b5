import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { institutionOf, type Language } from '#lib/kernel';
import { EmailField, LanguageField, LineField, Tidied } from '#lib/people';
import { PARTY_ROLES, type PartyRole } from '../party/party.js';
import { MOST_CENTS } from './budget.dto.js';

const MOST_HOURS = 100_000;

export class PartDto {
  @ApiPropertyOptional({ example: 'Stelt twee kassen beschikbaar.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  readonly task?: string;

  @ApiPropertyOptional({ example: 50000, description: 'Money they put in, in cents' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly cashCents?: number;

  @ApiPropertyOptional({ example: 20 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_HOURS)
  readonly hours?: number;

  @ApiPropertyOptional({ example: 90000, description: 'Value of hours and goods, in cents' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly inKindCents?: number;
}

/** A party of a proposal, as who applies writes it down. */
export class WritePartyDto {
  @ApiProperty({ enum: PARTY_ROLES, example: 'partner' })
  @IsIn(PARTY_ROLES)
  readonly role!: PartyRole;

  @LineField('Kwekerij Van Dam', 200)
  readonly organisation!: string;

  @LineField('T. van Dam', 200)
  readonly contactName!: string;

  @EmailField()
  readonly email!: string;

  @LanguageField()
  readonly language!: Language;

  @ApiPropertyOptional({
    example: '90AA',
    description: 'BRIN, or number of the school board: who has its mandate can answer.',
  })
  @IsOptional()
  @Tidied(institutionOf)
  @Matches(/^(\d{2}[A-Z]{2}|\d{5})$/)
  readonly institution?: string;

  @ApiPropertyOptional({ type: PartDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => PartDto)
  readonly part?: PartDto;
}

const ANSWERS = ['confirm', 'decline'] as const;
type Answer = (typeof ANSWERS)[number];

/** An answer for a part, by a mandate: the account's name stands under it. */
export class AnswerPartDto {
  @ApiProperty({ enum: ANSWERS, example: 'confirm' })
  @IsIn(ANSWERS)
  readonly kind!: Answer;

  @ValidateIf(({ kind }: AnswerPartDto) => kind === 'confirm')
  @LineField('bestuurder', 1000)
  readonly position?: string;

  @ApiPropertyOptional({ example: 'Geen 500 euro maar 50.', description: 'Needed when the part is declined.' })
  @ValidateIf(({ kind }: AnswerPartDto) => kind === 'decline')
  @IsString()
  @Matches(/\S/)
  @MaxLength(1000)
  readonly reason?: string;
}

/** An answer for a part, by the link in its mail. */
export class AnswerByLinkDto extends AnswerPartDto {
  @LineField('T. van Dam', 200)
  readonly name!: string;
}
