import { regionsOf, type StaffRole, type Viewer } from '#lib/access';

export interface NavigationLink {
  readonly href: string;
  /** Key of its words. */
  readonly text: string;
}

const LINKS: readonly (NavigationLink & { readonly who: 'anyone' | 'signed-in' | readonly StaffRole[] })[] = [
  { href: '/', text: 'layout.nav-start', who: 'signed-in' },
  { href: '/aanvragen', text: 'layout.nav-proposals', who: 'signed-in' },
  { href: '/initiatieven', text: 'layout.nav-initiatives', who: 'anyone' },
  { href: '/oordelen', text: 'layout.nav-reviews', who: ['member', 'chair'] },
  { href: '/rondes', text: 'layout.nav-calls', who: 'anyone' },
  { href: '/schoolbestuur', text: 'board.nav', who: ['coordinator', 'national-office'] },
  { href: '/organisaties', text: 'organisation.title', who: ['national-office'] },
  {
    href: '/mensen',
    text: 'people.title',
    who: ['secretary', 'coordinator', 'national-office', 'platform-admin'],
  },
  { href: '/besluiten', text: 'layout.nav-decide', who: ['decider'] },
];

/** The main menu of a viewer: what that person can do, nothing else. */
export function navigationOf(
  viewer: Viewer,
  path: string,
): readonly (NavigationLink & { readonly current: boolean })[] {
  const isFor = (who: (typeof LINKS)[number]['who']): boolean => {
    if (who === 'anyone') return true;
    if (viewer.id === null) return false;
    return who === 'signed-in' || regionsOf(viewer, who).length > 0;
  };
  const isCurrent = (href: string): boolean =>
    href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
  return LINKS.filter(({ who }) => isFor(who)).map(({ href, text }) => ({ href, text, current: isCurrent(href) }));
}
