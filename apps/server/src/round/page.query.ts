import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { PageRequest } from '#lib/access';

/** Which part of a list is asked for. */
export class PageQuery {
  @ApiPropertyOptional({ example: 'MjAyNy0xLTA1MA', description: 'The `next` of the page before.' })
  @IsOptional()
  @IsString()
  @Length(1, 400)
  readonly after?: string;

  @ApiPropertyOptional({ example: 50, minimum: 1, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly size?: number;

  /** Throws CursorIsWrong. */
  static pageOf({ after, size }: PageQuery): PageRequest {
    return PageRequest.from(after, size);
  }
}
