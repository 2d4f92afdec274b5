import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  NATIONAL,
  SaveInitiative,
  SchoolUnknown,
  StartInitiative,
  type WriteInitiativeDto,
  type WrittenInitiative,
} from '#lib/intake';
import { FindSchools, type FoundSchool } from '#lib/people';
import { keyOf, personOf, revisionOf } from '../edge/request-facts.js';
import { Subjects } from './subjects.js';

/** Writes initiatives as the API asks it; what is known of a school comes from the registry. */
@Injectable()
export class InitiativeWriter {
  constructor(
    private readonly subjects: Subjects,
    private readonly schools: FindSchools,
    private readonly starting: StartInitiative,
    private readonly saving: SaveInitiative,
  ) {}

  /** Returns its id. Throws SchoolUnknown, IdempotencyKeyMissing, KeyUsedForAnother. */
  async start(body: WriteInitiativeDto, request: FastifyRequest): Promise<string> {
    const key = keyOf(request);
    const school = await this.schoolOf(body);
    const { receivedAt } = request;
    const place = { actorId: personOf(request), region: school?.region ?? NATIONAL, receivedAt, key };
    return this.starting.execute(writtenIn(body, school), place);
  }

  /** Throws SchoolUnknown, IfMatchMissing, SubjectNotFound, InitiativeHasEnded, VersionIsStale. */
  async save(id: string, body: WriteInitiativeDto, request: FastifyRequest): Promise<void> {
    const revision = revisionOf(request);
    const region = await this.subjects.regionOf('initiative', id);
    const place = { actorId: personOf(request), region, receivedAt: request.receivedAt };
    const school = await this.schoolOf(body);
    await this.saving.execute(id, writtenIn(body, school), revision, { ...place, network: school?.region ?? NATIONAL });
  }

  /** Null when none is named. Throws SchoolUnknown. */
  private async schoolOf({ site }: WriteInitiativeDto): Promise<FoundSchool | null> {
    if (site === undefined) return null;
    const [school] = await this.schools.bySites([site]);
    if (school === undefined) throw new SchoolUnknown(site);
    return school;
  }
}

function writtenIn(body: WriteInitiativeDto, found: FoundSchool | null): WrittenInitiative {
  const { title, consent, what, needs, theme, forWhom = '', wantedPartners = '', contact = '' } = body;
  const { site, name, place, province } = found ?? { site: '', name: '', place: '', province: '' };
  const school = found === null ? null : { site, name, place, province };
  return { title, consent, content: { what, forWhom, needs, theme, wantedPartners, contact, school } };
}
