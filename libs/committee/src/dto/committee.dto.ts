import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { SeatKind } from '../seats.js';

const PERSON = '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e';

export class OpenSeatDto {
  @ApiProperty({ format: 'uuid', example: PERSON })
  @IsUUID()
  readonly personId!: string;

  @ApiProperty({ enum: ['expert', 'field'], example: 'expert' })
  @IsIn(['expert', 'field'])
  readonly kind!: SeatKind;

  @ApiProperty({ example: false, required: false })
  @IsOptional()
  @IsBoolean()
  readonly isChair?: boolean;
}

export class DeclareInterestDto {
  @ApiProperty({ format: 'uuid', example: PERSON, required: false, description: 'Absent: one’s own interest.' })
  @IsOptional()
  @IsUUID()
  readonly personId?: string;

  @ApiProperty({ example: 'Mijn kind zit op deze school.', minLength: 1, maxLength: 2000 })
  @IsString()
  @Length(1, 2000)
  readonly reason!: string;
}

export class AssignReviewerDto {
  @ApiProperty({ format: 'uuid', example: PERSON })
  @IsUUID()
  readonly reviewerId!: string;
}
