import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { STAFF_ROLES, type StaffRole } from '#lib/access';

/** An instant without an offset would mean another moment in another zone. */
const WITH_OFFSET = /T.*(Z|[+-]\d\d:\d\d)$/;

export class AssignRoleDto {
  @ApiProperty({ format: 'uuid', example: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e' })
  @IsUUID()
  readonly personId!: string;

  @ApiProperty({ enum: STAFF_ROLES, example: 'member' })
  @IsIn(STAFF_ROLES)
  readonly role!: StaffRole;

  @ApiPropertyOptional({ format: 'date-time', example: '2027-01-01T00:00:00+01:00', description: 'Now when left out.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(WITH_OFFSET)
  readonly from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2028-01-01T00:00:00+01:00',
    description: 'Open when left out.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(WITH_OFFSET)
  readonly until?: string;
}
