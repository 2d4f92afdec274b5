import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** Why somebody is shut out, or let in again: it stands in the audit trail. */
export class ShutOutDto {
  @ApiProperty({ example: 'Account is overgenomen; melding van 1 december.' })
  @IsString()
  @Length(1, 1000)
  readonly reason!: string;
}
