import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { PARTNER_KINDS } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { repairableFaultOf } from '../fault.js';
import { fieldsOf } from '../form-fields.js';
import { NameParticipant } from './name-participant.js';
import { PartyCases, type PartyCase } from './party-case.js';
import { PartyPage, type Exchange } from './party.page.js';

/** Puts a party among the schools and partners of the answers. */
@ApiExcludeController()
@Controller('aanvragen/:id/partijen/:party/noem')
@Policy('by-scope')
export class PartyNameController {
  constructor(
    private readonly page: PartyPage,
    private readonly cases: PartyCases,
    private readonly naming: NameParticipant,
  ) {}

  @Post()
  async name(
    @Param('id', IdPipe) id: string,
    @Param('party', IdPipe) party: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.cases.readOwn(id, request);
    const kind = PARTNER_KINDS.find((one) => one === fieldsOf(request)['kind']);
    if (kind === undefined && isNoSchool(found, party)) {
      this.refuse(found, { request, reply }, { id: party, message: this.page.sayTo(request)('party.error-kind') });
      return;
    }
    try {
      await this.naming.execute(found, party, kind ?? '', request);
      void reply.redirect(`/aanvragen/${id}/partijen#${party}`, 303);
    } catch (error) {
      const { message } = repairableFaultOf(error, request);
      this.refuse(await this.cases.read(id, request), { request, reply }, { id: party, message });
    }
  }

  private refuse(found: PartyCase, exchange: Exchange, error: { readonly id: string; readonly message: string }): void {
    this.page.show(found, exchange, { errors: [error] });
  }
}

/** What a school is, is known; of others it must be said. */
function isNoSchool({ parties }: PartyCase, party: string): boolean {
  return parties.some(({ id, role }) => id === party && role !== 'school');
}
