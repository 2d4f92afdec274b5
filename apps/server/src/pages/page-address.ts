import type { Notice } from '#lib/engine';

const OF_KIND: Readonly<Record<string, (id: string) => string>> = {
  proposal: (id) => `/aanvragen/${id}`,
  review: (id) => `/oordelen/${id}`,
  call: (id) => `/rondes/${id}`,
  initiative: (id) => `/initiatieven/${id}`,
};

/** Mails about no subject of a page of its own. */
const WITHOUT_SUBJECT: Readonly<Record<string, string>> = { 'mandate-given': '/schoolbestuur' };

/** Where a mail leads to another page than that of its subject; null where its recipient has no page of it. */
const OF_TEMPLATE: Readonly<Record<string, ((id: string) => string) | null>> = {
  'decision-letter': (id) => `/aanvragen/${id}/besluit`,
  promoted: (id) => `/aanvragen/${id}/besluit`,
  'party-answered': (id) => `/aanvragen/${id}/partijen`,
  'objection-received': (id) => `/aanvragen/${id}/bezwaar`,
  'check-answered': (id) => `/aanvragen/${id}/volledigheid`,
  'withdrawn-from-review': null,
  'deviation-told': null,
  'party-outcome': null,
};

/** The page on which the recipient of a mail goes on, as a path of this site; null when there is none. */
export function pageAddress(template: string, about: Notice['about']): string | null {
  if (template in WITHOUT_SUBJECT) return WITHOUT_SUBJECT[template] ?? null;
  const own = OF_TEMPLATE[template];
  if (own === null || about === undefined) return null;
  return (own ?? OF_KIND[about.kind])?.(about.id) ?? null;
}
