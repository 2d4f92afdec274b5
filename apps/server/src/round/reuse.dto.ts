import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

export class ReuseProposalDto {
  @ApiProperty({
    format: 'uuid',
    example: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e',
    description: 'The open call in which the draft begins; it may be of another region.',
  })
  @IsUUID()
  readonly callId!: string;
}
