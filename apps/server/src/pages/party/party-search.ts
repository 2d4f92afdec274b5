import { Injectable } from '@nestjs/common';
import { FindSchools } from '#lib/people';
import type { Fields } from '../form-fields.js';
import { organisationFound, RegistrySearch, schoolFound } from '../proposal/registry-search.js';
import { foundBox, NOT_SOUGHT, pressedIn, type SearchBox } from '../search-box.js';

/** What was found for the form of a party, and its fields with what was picked. */
export interface PartySearch {
  readonly fields: Fields;
  readonly search: SearchBox;
}

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** Looks a party up among the schools and in the registry of organisations. */
@Injectable()
export class PartySearches {
  constructor(
    private readonly schools: FindSchools,
    private readonly registry: RegistrySearch,
  ) {}

  /** Null when the button was none of searching and picking. */
  async run(fields: Fields, say: Say): Promise<PartySearch | null> {
    const [, what, picked = ''] =
      /^(search|pick-school|pick-organisation)(?::([\w-]+))?$/.exec(pressedIn(fields, { search: 'search' })) ?? [];
    if (what === undefined) return null;
    if (what === 'search') return this.search(fields, say);
    const more = what === 'pick-school' ? await this.school(picked) : await this.organisation(picked);
    const told = say('party.picked', { name: more['organisation'] ?? '' });
    return { fields: { ...fields, ...more }, search: { ...NOT_SOUGHT, told } };
  }

  private async search(fields: Fields, say: Say): Promise<PartySearch> {
    const sought = fields['search'] ?? '';
    const schools = (await this.schools.search(sought)).map((one) => schoolFound(one, 'pick-school'));
    const organisations = (await this.registry.partners(sought)).map((one) => organisationFound(one, say));
    const found = [...schools, ...organisations];
    return { fields, search: foundBox({ sought, found }, say, 'party.found-none') };
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
