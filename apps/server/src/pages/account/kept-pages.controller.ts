import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { KeptTexts } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { personOf } from '../../edge/request-facts.js';
import { Pages } from '../pages.js';
import { keptAddress } from './kept.js';
import { keptPage } from './sign-in.view.js';

/** What one typed before signing in: read again, and sent on when the person says so. */
@ApiExcludeController()
@Controller('bewaard/:id')
@Policy('self')
export class KeptPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly texts: KeptTexts,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kept = await this.texts.read(personOf(request), id);
    if (kept === null) throw new SubjectNotFound('kept-text', id);
    if (kept.isOpen) void reply.redirect(keptAddress(kept), 303);
    else this.pages.show(request, reply, keptPage(this.pages, request, { ...kept, then: kept.path }));
  }

  @Post('weg')
  async drop(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.texts.drop(personOf(request), id);
    void reply.redirect('/', 303);
  }
}
