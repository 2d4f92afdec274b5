import { CONSENT_FIELDS, NEEDS, THEMES, type WrittenInitiative } from '#lib/intake';
import type { FoundSchool } from '#lib/people';
import { textIn, type Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';

type Say = (key: string) => string;

const MOST = 2000;

/** What a form about an initiative says; `school` is the one the registry knows by the site that was chosen. */
export function initiativeIn(fields: Fields, school: FoundSchool | null): WrittenInitiative {
  const text = (name: string, most = MOST): string => textIn(fields, name, most);
  const { site, name, place, province } = school ?? { site: '', name: '', place: '', province: '' };
  return {
    title: text('title', 200),
    content: {
      ...{
        what: text('what'),
        forWhom: text('forWhom'),
        wantedPartners: text('wantedPartners'),
        contact: text('contact', 200),
      },
      needs: NEEDS.filter((need) => fields[`need.${need}`] !== undefined),
      theme: THEMES.find((theme) => theme === fields['theme']) ?? 'wt',
      school: school === null ? null : { site, name, place, province },
    },
    consent: CONSENT_FIELDS.filter((field) => fields[`consent.${field}`] !== undefined),
  };
}

/** What must be there before an initiative can be kept at all. */
export function initiativeErrors({ title, content }: WrittenInitiative, say: Say): readonly FieldError[] {
  return [
    ...(title === '' ? [{ id: 'title', message: say('initiative.error-title') }] : []),
    ...(content.what === '' ? [{ id: 'what', message: say('initiative.error-what') }] : []),
    ...(content.needs.length === 0 ? [{ id: 'needs', message: say('initiative.error-needs') }] : []),
  ];
}

interface Shown {
  readonly written: WrittenInitiative;
  readonly errors: readonly FieldError[];
  readonly say: Say;
}

/** The fields of the form, with what was written. */
export function initiativeFields({ written, errors, say }: Shown): object {
  const { title, content, consent } = written;
  const errorOf = (id: string): string | null => errors.find((error) => error.id === id)?.message ?? null;
  return {
    ...{
      ...content,
      called: title,
      titleError: errorOf('title'),
      whatError: errorOf('what'),
      needsError: errorOf('needs'),
    },
    needs: NEEDS.map((value) => ({ value, text: say(`initiative.need-${value}`), on: content.needs.includes(value) })),
    themes: THEMES.map((value) => ({ value, text: say(`initiative.theme-${value}`), on: content.theme === value })),
    consent: CONSENT_FIELDS.map((value) => ({
      value,
      text: say(`initiative.consent-${value}`),
      on: consent.includes(value),
    })),
  };
}

export const EMPTY: WrittenInitiative = {
  title: '',
  content: { what: '', forWhom: '', needs: [], theme: 'wt', wantedPartners: '', school: null, contact: '' },
  consent: [],
};
