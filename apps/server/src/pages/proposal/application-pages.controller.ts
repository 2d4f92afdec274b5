import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { Applications } from '../../application/applications.js';
import { IdPipe } from '../../edge/id.pipe.js';

/** A proposal to keep: in print, and as plain text. */
@ApiExcludeController()
@Controller('aanvragen/:id')
@Policy('by-scope')
export class ApplicationPagesController {
  constructor(private readonly applications: Applications) {}

  @Get('aanvraag.pdf')
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.applications.send(id, 'pdf', { request, reply });
  }

  @Get('aanvraag.txt')
  async text(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.applications.send(id, 'txt', { request, reply });
  }
}
