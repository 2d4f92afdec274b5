import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { RequestKey } from '#lib/engine';
import { canonicalJson, sha256 } from '#lib/kernel';
import { personOf } from '../edge/request-facts.js';
import { TextTooLong } from '../edge/request-errors.js';

/** Fields of ours that are no answer of the person: token, key, base and button. */
const OWN = /^_/;

/** What a form sent: one text per name; of a name that came twice the last one counts. */
export type Fields = Readonly<Record<string, string>>;

export function fieldsOf(request: FastifyRequest): Fields {
  const { body } = request;
  if (typeof body !== 'object' || body === null) return {};
  const pairs = Object.entries(body as Record<string, unknown>).flatMap(([name, value]) => {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof last === 'string' ? [[name, last] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** The answers alone. */
export function answersIn(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !OWN.test(name)));
}

/** What was typed in a field, trimmed and whole. Throws TextTooLong, which brings it back to be made shorter. */
export function textIn(fields: Fields, name: string, most: number): string {
  const text = (fields[name] ?? '').trim();
  if (text.length > most) throw new TextTooLong(name, most, text.length - most);
  return text;
}

/** A key for a new form: sent twice, it is done once. */
export function newFormKey(): string {
  return randomUUID();
}

/** The key that a form carried, scoped as the API's header is. */
export function formKeyOf(request: FastifyRequest): RequestKey {
  const fields = fieldsOf(request);
  const route = `${request.method} ${request.url.split('?')[0] ?? ''}`;
  const key = /^[\w-]{8,200}$/.test(fields['_key'] ?? '') ? (fields['_key'] ?? '') : newFormKey();
  return { personId: personOf(request), route, key, bodyHash: sha256(canonicalJson(answersIn(fields))) };
}

/** A path of this site to go on to; anything else is the start page. */
export function localPath(text: string | undefined): string {
  return text !== undefined && /^\/(?![/\\])[\w\-./?=&%#]*$/.test(text) ? text : '/';
}
