import { Injectable } from '@nestjs/common';
import { PageRequest } from '#lib/access';
import { FindOrganisations, FindSchools, PARTNER_KINDS, type FoundSchool, type Organisation } from '#lib/people';
import type { Fields } from '../form-fields.js';
import { foundBox, NOT_SOUGHT, type SearchBox } from '../search-box.js';

/** The two boxes of the part about schools and partners. */
export interface RegistryBoxes {
  readonly schools: SearchBox;
  readonly partners: SearchBox;
}

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export const NO_SEARCH: RegistryBoxes = { schools: NOT_SOUGHT, partners: NOT_SOUGHT };

/** The buttons that search, by the field of their box. */
export const REGISTRY_SEARCHES = { 'schools.search': 'search:schools', 'partners.search': 'search:partners' };

const MOST = PageRequest.from(undefined, 10);

/** Looks up schools and partners while a form is filled in; with and without scripts a button of the form asks for it. */
@Injectable()
export class RegistrySearch {
  constructor(
    private readonly schools: FindSchools,
    private readonly organisations: FindOrganisations,
  ) {}

  /** `search:schools` or `search:partners`; the other box keeps its words. */
  async search(action: string, fields: Fields, say: Say): Promise<RegistryBoxes> {
    const [schools, partners] = [fields['schools.search'] ?? '', fields['partners.search'] ?? ''];
    if (action === 'search:partners') {
      const found = (await this.partners(partners)).map((one) => organisationFound(one, say));
      const box = foundBox({ sought: partners, found }, say, 'proposal.partner-none');
      return { schools: { ...NOT_SOUGHT, sought: schools }, partners: box };
    }
    const found = (await this.schools.search(schools)).map((one) => schoolFound(one));
    const box = foundBox({ sought: schools, found }, say, 'proposal.school-none');
    return { schools: box, partners: { ...NOT_SOUGHT, sought: partners } };
  }

  /** Organisations that can be a partner, at most ten. */
  async partners(text: string): Promise<readonly Organisation[]> {
    if (text.trim() === '') return [];
    return (await this.organisations.search({ text, kinds: PARTNER_KINDS }, MOST)).items;
  }

  /** Null when the registry has no such organisation. */
  async partner(code: string): Promise<Organisation | null> {
    return this.organisations.byCode(code);
  }
}

export function schoolFound({ site, name, place, boardName }: FoundSchool, pick = 'pick'): SearchBox['found'][number] {
  const sub = [site, boardName].filter((one) => one !== '').join(' · ');
  return { action: `${pick}:${site}`, name: `${name}, ${place}`, sub };
}

export function organisationFound({ code, name, place, kind }: Organisation, say: Say): SearchBox['found'][number] {
  const called = place === '' ? name : `${name}, ${place}`;
  return { action: `pick-organisation:${code}`, name: called, sub: say(`partner-kind.${kind}`) };
}
