import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { LineField } from './fields.js';

const MOST_DAYS = 365;
const INSTANT = '2026-12-07T20:18:00.123456Z';
const ID = '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e';

export class CreateApiTokenDto {
  @LineField('Koppeling met het zaaksysteem', 100)
  readonly name!: string;

  @ApiProperty({ example: 90, minimum: 1, maximum: MOST_DAYS, description: 'Days that the token holds.' })
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  readonly days!: number;
}

/** A new token; its text is shown this once. */
export class ApiTokenDto {
  @ApiProperty({ format: 'uuid', example: ID })
  readonly id!: string;

  @ApiProperty({ example: 'rlk_Qm9yZ2VuIGlzIGVlbiBhbmRlcmUgZGFnIGVuIGRhbg' })
  readonly token!: string;

  @ApiProperty({ format: 'date-time', example: INSTANT })
  readonly expiresAt!: string;
}

export class ApiTokenSummaryDto {
  @ApiProperty({ format: 'uuid', example: ID })
  readonly id!: string;

  @ApiProperty({ example: 'Koppeling met het zaaksysteem' })
  readonly name!: string;

  @ApiProperty({ format: 'date-time', example: INSTANT })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: INSTANT })
  readonly expiresAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: INSTANT })
  readonly lastUsedAt!: string | null;
}
