import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';

export class ScoreDto {
  @ApiProperty({ example: 'cooperation' })
  @Matches(/^[a-z][a-z0-9-]{0,40}$/)
  readonly criterion!: string;

  @ApiProperty({
    example: '4',
    anyOf: [{ type: 'string' }, { type: 'null' }],
    required: false,
    description: 'Exact decimal text on the scale.',
  })
  @IsOptional()
  @Matches(/^\d{1,6}(\.\d{1,4})?$/)
  readonly score?: string | null;

  @ApiProperty({ example: 'De rol van het bedrijf is helder.', required: false, maxLength: 10000 })
  @IsOptional()
  @IsString()
  @Length(0, 10_000)
  readonly reason?: string;
}

/** What a reviewer wrote so far; it replaces what was there. */
export class WriteReviewDto {
  @ApiProperty({ type: [ScoreDto] })
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ScoreDto)
  readonly scores!: ScoreDto[];
}
