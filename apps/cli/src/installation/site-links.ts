import { pageAddress } from '#app/server';
import type { MailWork } from '#lib/notices';
import type { PeopleOptions } from '#lib/people';

/** Full addresses of what a mail leads to. `site` is read when a mail is written: a free port is known only once the server listens. */
export interface SiteLinks {
  readonly links: PeopleOptions['links'];
  readonly pageOf: NonNullable<MailWork['pageOf']>;
}

export function siteLinks(site: () => string | null): SiteLinks {
  const at = (path: string): string => `${site() ?? ''}${path}`;
  return {
    links: {
      invitation: (token) => at(`/uitnodiging/${token}`),
      party: (token) => at(`/partij/${token}`),
      opening: (token) => at(`/meldingen/${token}`),
      offer: (token) => at(`/hulp/bevestigen/${token}`),
      signIn: (token) => at(`/inloggen/link/${token}`),
    },
    pageOf: (template, about) => {
      const path = pageAddress(template, about);
      return path === null || site() === null ? null : at(path);
    },
  };
}
