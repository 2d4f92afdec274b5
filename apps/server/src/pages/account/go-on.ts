import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pages } from '../pages.js';
import { keptPage, type Kept } from './sign-in.view.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** After signing in: to the page that was asked for, or to what was typed before the session ended. */
export function goOn(pages: Pages, { request, reply }: Exchange, kept: Kept, csrfSecret: string): void {
  if (Object.keys(kept.answers).length === 0) {
    void reply.redirect(kept.then, 303);
    return;
  }
  request.csrfSecret = csrfSecret;
  pages.show(request, reply, keptPage(pages, request, kept));
}
