import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator';

/** A name in both languages. */
export class NameDto {
  @ApiProperty({ example: 'Ronde 2027-1' })
  @IsString()
  @Length(1, 200)
  @Matches(/^\P{Cc}*$/u)
  readonly nl!: string;

  @ApiProperty({ example: 'Call 2027-1' })
  @IsString()
  @Length(1, 200)
  @Matches(/^\P{Cc}*$/u)
  readonly en!: string;
}

export class CreateCallDto {
  @ApiProperty({ example: 'innovatie-wt' })
  @Matches(/^[a-z][a-z0-9-]{1,40}$/)
  readonly programme!: string;

  @ApiProperty({ example: '2027-1', description: 'Unique in the region; proposals are numbered after it.' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,30}$/)
  readonly number!: string;

  @ApiProperty({ type: NameDto })
  @ValidateNested()
  @Type(() => NameDto)
  readonly name!: NameDto;

  @ApiProperty({ format: 'date-time', example: '2027-01-11T08:00:00Z' })
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/(Z|[+-]\d{2}:\d{2})$/)
  readonly opensAt!: string;

  @ApiProperty({ format: 'date-time', example: '2027-02-26T16:00:00Z' })
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/(Z|[+-]\d{2}:\d{2})$/)
  readonly closesAt!: string;

  @ApiProperty({
    example: 15,
    required: false,
    description: 'Minutes after closing that still count as in time; told to nobody.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(120)
  readonly graceMinutes?: number;
}
