import { isUUID } from 'class-validator';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '#lib/kernel';
import { isCsrfToken, type KeptTexts } from '#lib/people';
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

/** A kept text that was sent on, and taken, is kept no longer. */
export function addKeptTextRelease(fastify: FastifyInstance, texts: KeptTexts): void {
  fastify.addHook('onSend', async (request, reply) => {
    const { _keptId: id = '' } = request.method === 'POST' ? fieldsOf(request) : {};
    const person = request.viewer?.id;
    if (person == null || reply.statusCode !== 303 || !isUUID(id)) return;
    await texts.drop(person, id);
  });
}
