import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Mailbox, type ReceivedMail } from '#lib/notices';
import { Pages } from '../pages/pages.js';

const SHOWN = 50;

@ApiExcludeController()
@Controller('mailbox')
@Policy('development-mailbox')
export class MailboxPageController {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@Query('to') asked: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const to = typeof asked === 'string' ? asked.trim() : '';
    const all = this.mailbox.list(to === '' ? undefined : to);
    const mails = all.slice(0, SHOWN).map((mail) => ({ ...mail, links: linksOf(mail) }));
    const title = this.pages.say(request, 'mailbox.title');
    this.pages.show(request, reply, { view: 'mailbox', title, model: { to, mails, all: all.length } });
  }
}

/** Addresses in a mail, as links: what a mail program would make of them. */
function linksOf({ text }: ReceivedMail): readonly string[] {
  return [...new Set(text.match(/https?:\/\/[^\s<>"]+/g) ?? [])];
}
