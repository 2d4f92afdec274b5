import type { FastifyInstance, FastifyRequest } from 'fastify';
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

/** Every form of a signed-in person carries the token of that session; the check of the request's origin is the first line. */
export function addFormTokenCheck(fastify: FastifyInstance): void {
  fastify.addHook('preHandler', async (request) => {
    if (request.method !== 'POST' || request.url.startsWith('/api/') || request.csrfSecret === null) return;
    if (!isCsrfToken(request.csrfSecret, tokenOf(request))) throw new FormTokenWrong();
    await Promise.resolve();
  });
}

/** Of an upload the body is a stream that nobody has read yet: its token stands in the address. */
function tokenOf(request: FastifyRequest): string {
  const inAddress = (request.query as Readonly<Record<string, unknown>>)['_csrf'];
  return fieldsOf(request)['_csrf'] ?? (typeof inAddress === 'string' ? inAddress : '');
}
