import type { FastifyRequest } from 'fastify';
import { NATIONAL, type WrittenInitiative } from '#lib/intake';
import type { FindSchools, FoundSchool } from '#lib/people';
import { languageOf } from '../../edge/language.js';
import { newFormKey, type Fields } from '../form-fields.js';
import type { Crumb, FieldError, Page, Pages } from '../pages.js';
import { schoolFound } from '../proposal/registry-search.js';
import { foundBox, NOT_SOUGHT, pressedIn, type SearchBox } from '../search-box.js';
import { initiativeFields } from './initiative-form.js';

/** The form about an initiative, new or known, with what was written and what was found. */
export interface FormShown {
  readonly written: WrittenInitiative;
  readonly errors?: readonly FieldError[];
  readonly search?: SearchBox;
  readonly school?: FoundSchool | null;
  /** Id of the text that was kept before signing in. */
  readonly keptId?: string;
  /** Whether the school was picked just now. */
  readonly isPicked?: boolean;
}

interface Place {
  readonly pages: Pages;
  readonly request: FastifyRequest;
  readonly title: string;
  readonly address: string;
  readonly crumb?: Crumb;
  /** The revision that was read, for an initiative that exists. */
  readonly revision?: number;
  /** Whether the school still says which network it goes to: until it is registered. */
  readonly isDraft: boolean;
}

export function initiativeFormPage(shown: FormShown, place: Place): Page {
  const { written, errors = [], search = NOT_SOUGHT, school = null, isPicked = false, keptId } = shown;
  const { pages, request, title, address, crumb, revision, isDraft } = place;
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
      ...{ search, picked: school, isPicked },
      network: isDraft ? school?.regionName[languageOf(request)] : undefined,
      ...{ key: newFormKey(), address, isNew: revision === undefined, revision, isDraft },
      ...{ keptId, isVisitor: request.viewer?.id == null },
    },
  };
}

/** The button that was pressed; Enter in the box of schools searches. */
export function pressedOn(fields: Fields): string {
  return pressedIn(fields, { 'school.search': 'search' });
}

/** The network that a school leads to; without one it is the national desk. */
export function networkOf(school: FoundSchool | null): string {
  return school?.region ?? NATIONAL;
}

/** What the schools say to the words in the box. */
export async function searchIn(
  fields: Fields,
  schools: FindSchools,
  say: (key: string, values?: Readonly<Record<string, unknown>>) => string,
): Promise<SearchBox> {
  const sought = fields['school.search'] ?? '';
  const found = (await schools.search(sought)).map((one) => schoolFound(one));
  return foundBox({ sought, found }, say, 'initiative.school-none');
}

/** The school that a form chose or chooses now; null when it has none. */
export async function schoolIn(fields: Fields, schools: FindSchools): Promise<FoundSchool | null> {
  const site = /^pick:(\w{6})$/.exec(fields['_action'] ?? '')?.[1] ?? fields['school.site'] ?? '';
  const [school] = await schools.bySites(site === '' ? [] : [site]);
  return school ?? null;
}
