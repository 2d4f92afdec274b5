import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Database } from '#lib/database';
import { NATIONAL, readOpenInitiative, type OpenInitiative } from '#lib/intake';
import { Subjects } from '../../round/subjects.js';
import { Desks, type DeskView } from '../contact/desks.js';

/** What an offer can be for: an initiative, a network, the whole country. */
@Injectable()
export class OfferPlaces {
  constructor(
    private readonly subjects: Subjects,
    private readonly desks: Desks,
    private readonly database: Database,
  ) {}

  async networks(request: FastifyRequest): Promise<readonly DeskView[]> {
    return (await this.desks.all(request)).filter(({ region }) => region !== NATIONAL);
  }

  /** Of the initiative, or the network that was chosen; the national desk when neither. Throws SubjectNotFound. */
  async regionOf(initiativeId: string | null, network: string, request: FastifyRequest): Promise<string> {
    if (initiativeId !== null) return this.subjects.regionOf('initiative', initiativeId);
    return (await this.networks(request)).find(({ region }) => region === network)?.region ?? NATIONAL;
  }

  /** The initiative that an offer is for, as everybody may read it; null: for any. Throws SubjectNotFound. */
  async wanted(id: string): Promise<OpenInitiative | null> {
    if (!isUUID(id)) return null;
    const region = await this.subjects.regionOf('initiative', id);
    return this.database.unit({ regions: [region], actor: null, readOnly: true }, (tx) => readOpenInitiative(tx, id));
  }
}
