import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Pages } from '../pages.js';
import { OwnProposals } from './own-proposals.js';

/** More than one person writes. */
const MOST = 200;

/** The list of one's own proposals (I2). */
@ApiExcludeController()
@Controller('aanvragen')
@Policy('by-scope')
export class OwnProposalsController {
  constructor(
    private readonly pages: Pages,
    private readonly own: OwnProposals,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const items = await this.own.of(request, MOST);
    const title = this.pages.say(request, 'layout.nav-proposals');
    this.pages.show(request, reply, { view: 'proposals', title, model: { items } });
  }
}
