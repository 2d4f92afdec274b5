import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { boardNumberOf, brinOf, kvkOf, siteOf, type Province } from '#lib/kernel';
import { ProvinceField, Tidied } from '#lib/people';
import { MOST_CENTS } from './budget.dto.js';

const LEVELS = ['PO', 'VO', 'VMBO'] as const;
const PARTNER_KINDS = [
  ...['SCHOOL_PO', 'SCHOOL_VO', 'VMBO', 'MBO', 'PABO', 'HE', 'SCIENCE_HUB', 'COMPANY', 'SCIENCE_CENTRE'],
  ...['MUNICIPALITY', 'PROVINCE', 'SUPPORT_SERVICE', 'OTHER'],
] as const;

export class SchoolDto {
  @ApiProperty({ example: 'Basisschool De Voorbeeldige', required: false })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  readonly name?: string;

  @ApiProperty({ example: '90AA', description: 'BRIN number of the school' })
  @Tidied(brinOf)
  @Matches(/^\d{2}[A-Z]{2}$/)
  readonly brin!: string;

  @ApiProperty({ example: '90AA00', description: 'BRIN number with the two digits of the site' })
  @Tidied(siteOf)
  @Matches(/^\d{2}[A-Z]{2}\d{2}$/)
  readonly site!: string;

  @ApiProperty({ example: '90001', description: 'Number of the school board' })
  @Tidied(boardNumberOf)
  @Matches(/^\d{5}$/)
  readonly board!: string;

  @ProvinceField()
  readonly province!: Province;

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
  @Tidied(kvkOf)
  @Matches(/^\d{8}$/)
  readonly kvk?: string;

  @ApiProperty({ example: 0, description: 'What the partner itself gains from the contribution, in cents' })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly benefitCents!: number;
}
