import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { file } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { IdPipe } from '../edge/id.pipe.js';
import { Applications } from './applications.js';

@ApiTags('proposals')
@Controller('api/v1/proposals/:id')
@Policy('by-scope')
export class ApplicationController {
  constructor(private readonly applications: Applications) {}

  @Get('print')
  @Documented({
    summary: 'The whole proposal in print (PDF/UA), as far as the viewer may read it; a draft says so on every page.',
    answer: file('application/pdf'),
    throttled: true,
  })
  async print(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.applications.send(id, 'pdf', { request, reply });
  }

  @Get('text')
  @Documented({
    summary: 'The same as plain text, with everything that was typed (UTF-8 with byte order mark, CRLF).',
    answer: file('text/plain'),
  })
  async text(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.applications.send(id, 'txt', { request, reply });
  }
}
