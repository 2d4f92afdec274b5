import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { LineField } from './fields.js';

const MOST_DAYS = 365;

export class CreateApiTokenDto {
  @LineField('Koppeling met het zaaksysteem', 100)
  readonly name!: string;

  @ApiProperty({ example: 90, minimum: 1, maximum: MOST_DAYS, description: 'Days that the token holds.' })
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  readonly days!: number;
}
