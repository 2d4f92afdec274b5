import { Injectable } from '@nestjs/common';
import { FindSchools, type FoundSchool, type Organisation } from '#lib/people';
import type { Fields } from '../form-fields.js';
import { RegistrySearch } from '../proposal/registry-search.js';

/** What was found for the form of a party, and its fields with what was picked. */
export interface PartySearch {
  readonly fields: Fields;
  readonly schools: readonly FoundSchool[];
  readonly organisations: readonly Organisation[];
  readonly foundNothing: boolean;
}

/** Looks a party up among the schools and in the registry of organisations. */
@Injectable()
export class PartySearches {
  constructor(
    private readonly schools: FindSchools,
    private readonly registry: RegistrySearch,
  ) {}

  /** Null when the button was none of searching and picking. */
  async run(fields: Fields): Promise<PartySearch | null> {
    const [, what, picked = ''] =
      /^(search|pick-school|pick-organisation)(?::([\w-]+))?$/.exec(fields['_action'] ?? '') ?? [];
    if (what === undefined) return null;
    if (what === 'search') return this.search(fields);
    const more = what === 'pick-school' ? await this.school(picked) : await this.organisation(picked);
    return { fields: { ...fields, ...more }, schools: [], organisations: [], foundNothing: false };
  }

  private async search(fields: Fields): Promise<PartySearch> {
    const text = fields['search'] ?? '';
    const schools = await this.schools.search(text);
    const organisations = await this.registry.partners(text);
    return { fields, schools, organisations, foundNothing: schools.length + organisations.length === 0 };
  }

  private async school(site: string): Promise<Fields> {
    const [school] = await this.schools.bySites([site]);
    return school === undefined ? {} : { role: 'school', organisation: school.name, institution: school.brin };
  }

  private async organisation(code: string): Promise<Fields> {
    const found = await this.registry.partner(code);
    return found === null ? {} : { organisation: found.name, institution: '' };
  }
}
