import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { NATIONAL, OfferHelp, OfferHelpDto } from '#lib/intake';
import { Documented } from '../edge/documented.js';
import { CREATED } from './answers/shared.js';
import { Subjects } from './subjects.js';

/** Partners offer help, with or without an account. */
@ApiTags('initiatives')
@Controller('api/v1/offers')
@Policy('public')
export class OffersController {
  constructor(
    private readonly subjects: Subjects,
    private readonly offering: OfferHelp,
  ) {}

  @Post()
  @HttpCode(201)
  @Documented({
    summary: 'Offers help; it counts once the link in the mail was used.',
    ...{ status: 201, answer: CREATED, throttled: true },
  })
  async offer(@Body() body: OfferHelpDto, @Req() request: FastifyRequest): Promise<{ id: string }> {
    const { initiativeId = null, amount = '', place = '', description = '' } = body;
    const { organisation, kind, what, contactName, email, language } = body;
    const region = initiativeId === null ? NATIONAL : await this.subjects.regionOf('initiative', initiativeId);
    const offer = {
      organisation,
      kind,
      what,
      contactName,
      email,
      language,
      amount,
      place,
      description,
      region,
      initiativeId,
    };
    return { id: await this.offering.execute(offer, request.viewer?.id ?? null, request.ip) };
  }

  @Post('confirmations/:token')
  @HttpCode(204)
  @Documented({
    summary: 'Confirms an offer by the secret of its mail, as often as it is sent.',
    ...{ status: 204, refusals: ['offer-link-not-valid'] },
  })
  confirm(@Param('token') token: string): Promise<void> {
    return this.offering.confirm(token);
  }
}
