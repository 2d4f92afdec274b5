import type { FastifyInstance } from 'fastify';
import { DomainError } from '#lib/kernel';
import { isCsrfToken } from '#lib/people';
import { fieldsOf } from './form-fields.js';

/** The form came from an earlier session, or from elsewhere. What was typed is shown again, to be sent from here. */
export class FormTokenWrong extends DomainError {
  readonly code = 'form-token-wrong';
  constructor() {
    super('This form belongs to an earlier session.');
  }
}

/**
 * Every form of a signed-in person carries the token of that session; the check of the request's origin is the first line. In an upload
 * it stands before the file, so that no byte of a file is kept for who has no token.
 */
export function addFormTokenCheck(fastify: FastifyInstance): void {
  fastify.addHook('preHandler', async (request) => {
    if (request.method !== 'POST' || request.url.startsWith('/api/') || request.csrfSecret === null) return;
    if (!isCsrfToken(request.csrfSecret, fieldsOf(request)['_csrf'] ?? '')) throw new FormTokenWrong();
    await Promise.resolve();
  });
}
