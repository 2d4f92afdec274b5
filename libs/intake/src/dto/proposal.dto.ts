import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { ProposalContentDto } from '../proposal-content.js';

const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** What the lead applicant writes: a title, and answers of which any may still be missing. */
export class WriteProposalDto {
  @ApiProperty({ example: 'Schoon water uit eigen hand', minLength: 1, maxLength: 300 })
  @trimmed
  @IsString()
  @Length(1, 300)
  // Control characters: the title stands in the subject line of mails.
  @Matches(/^\P{Cc}*$/u)
  readonly title!: string;

  @ApiPropertyOptional({ type: ProposalContentDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => ProposalContentDto)
  readonly content?: ProposalContentDto;
}
