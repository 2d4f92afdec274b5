import type { FastifyRequest } from 'fastify';
import type { WrittenInitiative } from '#lib/intake';
import type { FindSchools, FoundSchool } from '#lib/people';
import { languageOf } from '../../edge/language.js';
import { newFormKey, type Fields } from '../form-fields.js';
import type { Crumb, FieldError, Page, Pages } from '../pages.js';
import { initiativeFields } from './initiative-form.js';

/** The form about an initiative, new or known, with what was written and what was found. */
export interface FormShown {
  readonly written: WrittenInitiative;
  readonly errors?: readonly FieldError[];
  readonly sought?: string;
  readonly found?: readonly FoundSchool[];
  readonly school?: FoundSchool | null;
}

interface Place {
  readonly pages: Pages;
  readonly request: FastifyRequest;
  readonly title: string;
  readonly address: string;
  readonly crumb?: Crumb;
  /** The revision that was read, for an initiative that exists. */
  readonly revision?: number;
}

export function initiativeFormPage(shown: FormShown, place: Place): Page {
  const { written, errors = [], sought = '', found, school = null } = shown;
  const { pages, request, title, address, crumb, revision } = place;
  const say = (key: string): string => pages.say(request, key);
  return {
    ...{ view: 'initiative-new', title, errors, status: errors.length > 0 ? 422 : 200 },
    crumbs: [
      { href: '/initiatieven', label: say('layout.nav-initiatives') },
      ...(crumb === undefined ? [] : [crumb]),
      { label: title },
    ],
    model: {
      ...initiativeFields({ written, errors, say }),
      ...{ sought, found: found ?? [], foundNothing: found?.length === 0, picked: school },
      // An initiative that exists stays where it is.
      network: revision === undefined ? school?.regionName[languageOf(request)] : undefined,
      ...{ key: newFormKey(), address, isNew: revision === undefined, revision },
    },
  };
}

/** The school that a form chose or chooses now; null when it has none. */
export async function schoolIn(fields: Fields, schools: FindSchools): Promise<FoundSchool | null> {
  const site = /^pick:(\w{6})$/.exec(fields['_action'] ?? '')?.[1] ?? fields['school.site'] ?? '';
  const [school] = await schools.bySites(site === '' ? [] : [site]);
  return school ?? null;
}
