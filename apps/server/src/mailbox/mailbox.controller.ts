import { Controller, Get, Header, NotFoundException, Param, ParseIntPipe, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsEmail, IsOptional } from 'class-validator';
import { Policy } from '#lib/access';
import { Mailbox, type ReceivedMail } from '#lib/notices';
import { described, listOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';

const MAIL = described<ReceivedMail>('ReceivedMail', {
  id: 1,
  messageId: '<5f0c@regioloket.example>',
  to: 'a.voorbeeld@school.example',
  subject: 'Uitnodiging',
  text: 'Beste A. Voorbeeld, …',
  html: '<p>Beste A. Voorbeeld, …</p>',
});

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

  @Get()
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'What the mailbox received, newest first.', answer: listOf(MAIL) })
  list(@Query() { to }: MailboxQuery): readonly ReceivedMail[] {
    return this.mailbox.list(to);
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'One mail of the mailbox.', answer: MAIL })
  read(@Param('id', ParseIntPipe) id: number): ReceivedMail {
    const mail = this.mailbox.find(id);
    if (mail === undefined) throw new NotFoundException();
    return mail;
  }
}
