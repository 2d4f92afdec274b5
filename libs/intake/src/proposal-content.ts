import { Type } from 'class-transformer';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { institutionOf } from '#lib/kernel';
import { Tidied } from '#lib/people';
import { tidyIban } from '#lib/regulation';
import { BudgetDto } from './dto/budget.dto.js';
import { PartnerDto, SchoolDto } from './dto/taking-part.dto.js';

export class PlanDto {
  @ApiProperty({ required: false, example: 12, description: 'Duration in months' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(60)
  readonly months?: number;

  @ApiProperty({ required: false, example: true, description: 'Whether the work begins after the call has closed' })
  @IsOptional()
  @IsBoolean()
  readonly startsAfterClosing?: boolean;
}

/** Which documents and agreements are in the file. */
export class FileDto {
  @ApiProperty({ required: false, example: true })
  @IsOptional()
  @IsBoolean()
  readonly boardConsent?: boolean;

  @ApiProperty({ required: false, example: true })
  @IsOptional()
  @IsBoolean()
  readonly schoolPlanProof?: boolean;

  @ApiProperty({ required: false, example: true })
  @IsOptional()
  @IsBoolean()
  readonly sharingPlan?: boolean;

  @ApiProperty({ required: false, example: true })
  @IsOptional()
  @IsBoolean()
  readonly measurementPlan?: boolean;

  @ApiProperty({ required: false, example: true })
  @IsOptional()
  @IsBoolean()
  readonly curriculumIntegration?: boolean;

  @ApiProperty({ required: false, example: false })
  @IsOptional()
  @IsBoolean()
  readonly deMinimisDeclaration?: boolean;
}

export class LeadDto {
  @ApiProperty({ required: false, example: 'ORGANISATION', enum: ['ORGANISATION', 'PERSON'] })
  @IsOptional()
  @IsIn(['ORGANISATION', 'PERSON'])
  readonly kind?: 'ORGANISATION' | 'PERSON';

  @ApiProperty({ required: false, example: 'Basisschool De Voorbeeldige' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly name?: string;

  @ApiProperty({
    required: false,
    example: '90AA',
    description: 'BRIN of the school, or number of the school board: who has its mandate can act for it',
  })
  @IsOptional()
  @Tidied(institutionOf)
  @Matches(/^(\d{2}[A-Z]{2}|\d{5})$/)
  readonly institution?: string;
}

/** Whose account an award is paid to. */
export class PayeeDto {
  @ApiProperty({ required: false, example: 'SCHOOL_BOARD', enum: ['SCHOOL_BOARD', 'ORGANISATION', 'PERSON'] })
  @IsOptional()
  @IsIn(['SCHOOL_BOARD', 'ORGANISATION', 'PERSON'])
  readonly kind?: 'SCHOOL_BOARD' | 'ORGANISATION' | 'PERSON';

  @ApiProperty({ example: 'Stichting Scholen Voorbeeld', required: false })
  @IsOptional()
  @IsString()
  @Length(1, 70)
  readonly name?: string;

  @ApiProperty({ example: 'NL02ABNA0123456789', required: false })
  @IsOptional()
  @Tidied(tidyIban)
  @IsString()
  @Length(1, 40)
  readonly iban?: string;
}

/** The answers of a proposal. While it is a draft every part may be missing; a missing part makes its conditions unjudgeable, not false. */
export class ProposalContentDto {
  @ApiProperty({ type: LeadDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => LeadDto)
  readonly lead?: LeadDto;

  @ApiProperty({ example: 'Leerlingen ontwerpen een waterzuivering met hulp van een bedrijf.', required: false })
  @IsOptional()
  @IsString()
  @Length(1, 5000)
  readonly summary?: string;

  @ApiProperty({ type: [SchoolDto], required: false })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => SchoolDto)
  readonly schools?: SchoolDto[];

  @ApiProperty({ type: [PartnerDto], required: false })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PartnerDto)
  readonly partners?: PartnerDto[];

  @ApiProperty({ type: BudgetDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => BudgetDto)
  readonly budget?: BudgetDto;

  @ApiProperty({ type: PlanDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => PlanDto)
  readonly plan?: PlanDto;

  @ApiProperty({ type: FileDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => FileDto)
  readonly file?: FileDto;

  @ApiProperty({ type: PayeeDto, required: false })
  @IsOptional()
  @ValidateNested()
  @Type(() => PayeeDto)
  readonly payee?: PayeeDto;

  @ApiProperty({
    example: { goal: 'Leerlingen leren meten en ontwerpen.' },
    description: 'Answers to the other questions of the form of this call, by their key.',
    required: false,
  })
  @IsOptional()
  @IsObject()
  readonly answers?: Record<string, unknown>;

  @ApiProperty({
    example: {},
    description: 'What was typed and is no answer yet, by the path of the question.',
    required: false,
  })
  @IsOptional()
  @IsObject()
  readonly typed?: Record<string, unknown>;
}
