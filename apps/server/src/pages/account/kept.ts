import type { FastifyRequest } from 'fastify';
import type { GoingOn, KeptText } from '#lib/people';
import type { Kept } from './sign-in.view.js';

/** Forms that anybody may fill in; only sending them needs an account. They show what was kept, to be sent from there. */
const OPEN_FORMS: readonly string[] = ['/initiatieven/nieuw'];

/** Where a kept text is shown. */
export function keptAddress({ id, path, isOpen }: Pick<KeptText, 'id' | 'path' | 'isOpen'>): string {
  return isOpen ? `${path}?bewaard=${id}` : `/bewaard/${id}`;
}

/** What a sign-in form carried on, for who signs in elsewhere; `session` says whose it is. */
export function goingOn({ then, answers }: Kept, session: string | undefined): GoingOn {
  const isOpen = OPEN_FORMS.includes(then);
  const isEmpty = Object.keys(answers).length === 0;
  return {
    ...{ then, keptAt: (id) => keptAddress({ id, path: then, isOpen }) },
    kept: isEmpty ? null : { path: then, answers, isOpen, session: session ?? null },
  };
}

/** The path in a mailed link to go on at. */
export function thenOf(request: FastifyRequest): string | undefined {
  const { terug } = request.query as { readonly terug?: unknown };
  return typeof terug === 'string' ? terug : undefined;
}
