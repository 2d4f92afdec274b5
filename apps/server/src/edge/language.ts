import type { FastifyRequest } from 'fastify';
import type { Language } from '#lib/kernel';

/** The cookie of who chose a language on a page. */
export const LANGUAGE_COOKIE = 'taal';

/** What was chosen on a page, else the viewer's own language, else what the browser prefers, else Dutch. */
export function languageOf(request: FastifyRequest): Language {
  // What is refused before cookies are read has none.
  const cookies = request.cookies as FastifyRequest['cookies'] | undefined;
  const chosen = cookies?.[LANGUAGE_COOKIE];
  if (chosen === 'nl' || chosen === 'en') return chosen;
  if (request.viewer?.id != null) return request.viewer.language;
  return /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'nl';
}
