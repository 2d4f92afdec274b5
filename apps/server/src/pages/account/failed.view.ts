import type { FastifyRequest } from 'fastify';
import { messagesOf, type Problem } from '../../edge/problem.js';
import { fieldsOf, newFormKey } from '../form-fields.js';
import type { Page } from '../pages.js';
import { itemsOf, SECRET, type Kept } from './sign-in.view.js';

const MAY_PASS: readonly number[] = [412, 429, 500, 503];

/** A form that could not be taken: what is wrong, what was typed, and a button where sending it again may help. Null for any other request. */
export function failedPage(request: FastifyRequest, problem: Problem, kept: Kept): Omit<Page, 'title'> | null {
  const fields = fieldsOf(request);
  const items = itemsOf(kept.answers);
  const hasWords = items.some((item) => (item as { shown: boolean }).shown);
  if (!hasWords || SECRET.some((name) => name in fields)) return null;
  const isKeyUsed = problem.code === 'idempotency-key-reused';
  const model = {
    ...{ then: kept.then, items, list: messagesOf(problem), isKeyUsed, text: problem.detail ?? '' },
    mayPass: isKeyUsed || MAY_PASS.includes(problem.status),
    // Sent again on purpose it is another request.
    newKey: isKeyUsed ? newFormKey() : null,
    // Of a session that could not be asked for.
    sentCsrf: fields['_csrf'] ?? '',
  };
  return { view: 'failed', model };
}
