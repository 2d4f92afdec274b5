import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SubjectNotFound } from '#lib/engine';
import { SaveProposal, type PartyView } from '#lib/intake';
import { FindSchools } from '#lib/people';
import { personOf } from '../../edge/request-facts.js';
import type { PartyCase } from './party-case.js';

/** Puts a party that confirms a part among the schools and partners of the answers, so that it is typed once. */
@Injectable()
export class NameParticipant {
  constructor(
    private readonly saving: SaveProposal,
    private readonly schools: FindSchools,
  ) {}

  /** `kind`: what a partner is, where the registry of schools does not know it. Throws SubjectNotFound, OnlyWhatWasAsked, VersionIsStale. */
  async execute({ proposal, parties }: PartyCase, id: string, kind: string, request: FastifyRequest): Promise<void> {
    const party = parties.find((one) => one.id === id);
    if (party === undefined) throw new SubjectNotFound('party', id);
    const { list, row } = await this.rowOf(party, kind);
    const rows = proposal.content[list];
    const content = { ...proposal.content, [list]: [...(Array.isArray(rows) ? (rows as unknown[]) : []), row] };
    const place = { actorId: personOf(request), region: proposal.region, receivedAt: request.receivedAt };
    await this.saving.execute(proposal.id, { title: proposal.title, content }, proposal.revision, place);
  }

  private async rowOf(party: PartyView, kind: string): Promise<{ list: 'schools' | 'partners'; row: object }> {
    const { role, organisation, institution } = party;
    const [school] = /^\d{2}[A-Z]{2}$/.test(institution ?? '') ? await this.schools.search(institution ?? '') : [];
    if (role !== 'partner' && school !== undefined && school.brin === institution) {
      const { site, brin, board, province, level, name } = school;
      return { list: 'schools', row: { site, brin, board, province, level, name, affiliated: false } };
    }
    if (role === 'school') return { list: 'schools', row: { name: organisation, level: 'PO', affiliated: false } };
    return { list: 'partners', row: { name: organisation, kind, benefitCents: 0 } };
  }
}
