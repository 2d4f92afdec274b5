import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';

/** Amounts above this cannot be meant; it also keeps every sum exact in JSON numbers. */
export const MOST_CENTS = 1_000_000_000_00;

export class BudgetLineDto {
  @ApiProperty({ example: 'Begeleiding door het bedrijf' })
  @IsString()
  @Length(1, 200)
  readonly label!: string;

  @ApiProperty({ example: 250000, description: 'In cents' })
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly cents!: number;
}

export class BudgetDto {
  @ApiProperty({ required: false, example: 800000, description: 'All costs, in cents' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly totalCents?: number;

  @ApiProperty({ required: false, example: 400000, description: 'What is asked of the programme, in cents' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly requestedCents?: number;

  @ApiProperty({ required: false, example: 300000, description: 'Below this the plan cannot be carried out, in cents' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly minimumCents?: number;

  @ApiProperty({ required: false, example: 200000 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly ownCashCents?: number;

  @ApiProperty({
    required: false,
    example: 200000,
    description: 'Hours and goods, valued as the regulation says, in cents',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly inKindCents?: number;

  @ApiProperty({ required: false, example: 0 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_CENTS)
  readonly thirdPartyCents?: number;

  @ApiProperty({ type: () => [BudgetLineDto], required: false, description: 'Costs by line; they add up to the total' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => BudgetLineDto)
  readonly lines?: BudgetLineDto[];
}
