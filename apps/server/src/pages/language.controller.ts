import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { LANGUAGE_COOKIE } from '../edge/language.js';
import { localPath } from './form-fields.js';

const YEAR_SECONDS = 365 * 24 * 3600;

/** The language of the pages in this browser. */
@ApiExcludeController()
@Controller('taal/:code')
@Policy('public')
export class LanguageController {
  @Get()
  choose(
    @Query('terug') back: unknown,
    @Req() request: FastifyRequest<{ Params: { code: string } }>,
    @Res() reply: FastifyReply,
  ): void {
    const language = request.params.code === 'en' ? 'en' : 'nl';
    void reply
      .setCookie(LANGUAGE_COOKIE, language, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: YEAR_SECONDS })
      .redirect(localPath(typeof back === 'string' ? back : undefined), 303);
  }
}
