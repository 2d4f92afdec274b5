import { Type } from 'class-transformer';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** Amounts above this cannot be meant; it also keeps every sum exact in JSON numbers. */
const MOST_CENTS = 1_000_000_000_00;

const LEVELS = ['PO', 'VO', 'VMBO'] as const;
const PARTNER_KINDS = [
  ...['SCHOOL_PO', 'SCHOOL_VO', 'VMBO', 'MBO', 'PABO', 'HE', 'SCIENCE_HUB', 'COMPANY', 'SCIENCE_CENTRE'],
  ...['MUNICIPALITY', 'PROVINCE', 'SUPPORT_SERVICE', 'OTHER'],
] as const;

export class SchoolDto {
  @ApiProperty({ example: '90AA', description: 'BRIN number of the school' })
  @Matches(/^\d{2}[A-Z]{2}$/)
  readonly brin!: string;

  @ApiProperty({ example: '90AA00', description: 'BRIN number with the two digits of the site' })
  @Matches(/^\d{2}[A-Z]{2}\d{2}$/)
  readonly site!: string;

  @ApiProperty({ example: '90001', description: 'Number of the school board' })
  @Matches(/^\d{5}$/)
  readonly board!: string;

  @ApiProperty({ example: 'Drenthe' })
  @IsString()
  @Length(1, 40)
  readonly province!: string;

  @ApiProperty({ enum: LEVELS, example: 'PO' })
  @IsIn(LEVELS)
  readonly level!: (typeof LEVELS)[number];

  @ApiProperty({ example: true, description: 'Whether the school has joined the network' })
  @IsBoolean()
  readonly affiliated!: boolean;
}

export class PartnerDto {
  @ApiProperty({ example: 'COMPANY', enum: PARTNER_KINDS })
  @IsIn(PARTNER_KINDS)
  readonly kind!: string;

  @ApiProperty({ example: 'Technisch Bedrijf Voorbeeld' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ example: '90000001', required: false })
  @IsOptional()
  @Matches(/^\d{8}$/)
  readonly kvk?: string;

  @ApiProperty({ example: 0, description: 'What the partner itself gains from the contribution, in cents' })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly benefitCents!: number;
}

export class BudgetDto {
  @ApiProperty({ example: 800000, description: 'All costs, in cents' })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly totalCents!: number;

  @ApiProperty({ example: 400000, description: 'What is asked of the programme, in cents' })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly requestedCents!: number;

  @ApiProperty({ example: 300000, description: 'Below this the plan cannot be carried out, in cents' })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly minimumCents!: number;

  @ApiProperty({ example: 200000 })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly ownCashCents!: number;

  @ApiProperty({ example: 200000, description: 'Hours and goods, valued as the regulation says, in cents' })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly inKindCents!: number;

  @ApiProperty({ example: 0 })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly thirdPartyCents!: number;
}

export class PlanDto {
  @ApiProperty({ example: 12, description: 'Duration in months' })
  @IsInt()
  @Min(1)
  @Max(60)
  readonly months!: number;

  @ApiProperty({ example: true, description: 'Whether the work begins after the call has closed' })
  @IsBoolean()
  readonly startsAfterClosing!: boolean;
}

/** Which documents and agreements are in the file. */
export class FileDto {
  @ApiProperty({ example: true })
  @IsBoolean()
  readonly boardConsent!: boolean;

  @ApiProperty({ example: true })
  @IsBoolean()
  readonly schoolPlanProof!: boolean;

  @ApiProperty({ example: true })
  @IsBoolean()
  readonly sharingPlan!: boolean;

  @ApiProperty({ example: true })
  @IsBoolean()
  readonly measurementPlan!: boolean;

  @ApiProperty({ example: true })
  @IsBoolean()
  readonly curriculumIntegration!: boolean;

  @ApiProperty({ example: false })
  @IsBoolean()
  readonly deMinimisDeclaration!: boolean;
}

export class LeadDto {
  @ApiProperty({ example: 'ORGANISATION', enum: ['ORGANISATION', 'PERSON'] })
  @IsIn(['ORGANISATION', 'PERSON'])
  readonly kind!: 'ORGANISATION' | 'PERSON';

  @ApiProperty({ example: 'Basisschool De Voorbeeldige' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;
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
}

const PARTS = ['lead', 'summary', 'schools', 'partners', 'budget', 'plan', 'file'] as const;

/** The parts that are still missing, as names of `ProposalContentDto`. */
export function missingParts(content: Readonly<Record<string, unknown>>): readonly string[] {
  return PARTS.filter((part) => content[part] === undefined);
}
