import { Injectable } from '@nestjs/common';
import { PageRequest } from '#lib/access';
import { FindOrganisations, FindSchools, PARTNER_KINDS, type FoundSchool, type Organisation } from '#lib/people';
import type { Fields } from '../form-fields.js';

/** What was looked for and found, for the page that shows the form again. */
export interface SearchView {
  readonly found: readonly FoundSchool[];
  readonly sought: string;
  readonly foundNothing: boolean;
  readonly foundPartners: readonly Organisation[];
  readonly soughtPartner: string;
  readonly foundNoPartner: boolean;
}

export const NO_SEARCH: SearchView = {
  ...{ found: [], sought: '', foundNothing: false },
  ...{ foundPartners: [], soughtPartner: '', foundNoPartner: false },
};

const MOST = PageRequest.from(undefined, 10);

/** Looks up schools and partners while a form is filled in; with and without scripts a button of the form asks for it. */
@Injectable()
export class RegistrySearch {
  constructor(
    private readonly schools: FindSchools,
    private readonly organisations: FindOrganisations,
  ) {}

  /** `search:schools` or `search:partners`. */
  async search(action: string, fields: Fields): Promise<SearchView> {
    const [sought, soughtPartner] = [fields['schools.search'] ?? '', fields['partners.search'] ?? ''];
    if (action === 'search:partners') {
      const foundPartners = await this.partners(soughtPartner);
      return { ...NO_SEARCH, sought, soughtPartner, foundPartners, foundNoPartner: foundPartners.length === 0 };
    }
    const found = await this.schools.search(sought);
    return { ...NO_SEARCH, sought, soughtPartner, found, foundNothing: found.length === 0 };
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
