import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, type Viewer } from '#lib/access';
import type { Actor, RequestKey } from '#lib/engine';
import { VersionIsStale } from '#lib/engine';
import { canonicalJson, sha256 } from '#lib/kernel';
import { IdempotencyKeyMissing, IfMatchMissing } from './request-errors.js';

export function viewerOf(request: FastifyRequest): Viewer {
  return request.viewer ?? NOBODY;
}

/** The person who sends the request; empty only where the policy lets nobody in. */
export function personOf(request: FastifyRequest): string {
  return request.viewer?.id ?? '';
}

export function actorOf(request: FastifyRequest, region: string): Actor {
  return { id: request.viewer?.id ?? null, regions: [region] };
}

const KEY = /^[\x21-\x7e]{8,200}$/;

/** The key under which this request is done once, scoped to person, method and path. Throws IdempotencyKeyMissing. */
export function keyOf(request: FastifyRequest): RequestKey {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw new IdempotencyKeyMissing();
  const route = `${request.method} ${request.url.split('?')[0] ?? ''}`;
  return { personId: personOf(request), route, key, bodyHash: sha256(canonicalJson(request.body ?? null)) };
}

/** Moves change the version, typing the revision; either makes another ETag. */
export interface Versioned {
  readonly version: number;
  readonly revision: number;
}

export function tagWith(reply: FastifyReply, { version, revision }: Versioned): void {
  reply.header('etag', `"${version}.${revision}"`);
}

/** The revision that the sender looked at. Throws IfMatchMissing, VersionIsStale for a tag that is not ours. */
export function revisionOf(request: FastifyRequest): number {
  const tag = request.headers['if-match'];
  if (tag === undefined) throw new IfMatchMissing();
  const match = /^"\d{1,9}\.(\d{1,9})"$/.exec(tag);
  if (match === null) throw new VersionIsStale(0, 0);
  return Number(match[1]);
}
