import { Controller, Get, Header, NotFoundException, Param, ParseIntPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiNotFoundResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsEmail, IsOptional } from 'class-validator';
import { Policy } from '#lib/access';
import { Mailbox, type ReceivedMail } from '#lib/notices';

export class MailboxQuery {
  @ApiPropertyOptional({ example: 'a.voorbeeld@school.example', description: 'One recipient only.' })
  @IsOptional()
  @IsEmail()
  readonly to?: string;
}

/** The development mailbox, for programs. The route exists only where there is such a mailbox. */
@ApiTags('development')
@Controller('api/v1/mailbox')
@Policy('development-mailbox')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  /** What was received, newest first. */
  @Get()
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ example: [{ id: 1, to: 'a.voorbeeld@school.example', subject: 'Uitnodiging', text: '…' }] })
  list(@Query() { to }: MailboxQuery): readonly ReceivedMail[] {
    return this.mailbox.list(to);
  }

  /** One mail. */
  @Get(':id')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ example: { id: 1, to: 'a.voorbeeld@school.example', subject: 'Uitnodiging', text: '…' } })
  @ApiNotFoundResponse({ description: 'There is no such mail.' })
  read(@Param('id', ParseIntPipe) id: number): ReceivedMail {
    const mail = this.mailbox.find(id);
    if (mail === undefined) throw new NotFoundException();
    return mail;
  }
}
