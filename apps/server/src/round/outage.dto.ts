import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';

/** When the portal was out. */
export class RegisterOutageDto {
  @ApiProperty({ format: 'date-time', example: '2027-02-26T15:10:00Z' })
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/(Z|[+-]\d{2}:\d{2})$/)
  readonly startsAt!: string;

  @ApiProperty({ format: 'date-time', example: '2027-02-26T17:25:00Z' })
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/(Z|[+-]\d{2}:\d{2})$/)
  readonly endsAt!: string;

  @ApiProperty({ required: false, example: 'De stroom viel uit.' })
  @IsOptional()
  @IsString()
  @Length(0, 1000)
  readonly note?: string;
}
