import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NOBODY, type RoleInRegion, type Viewer } from '#lib/access';
import { DatabaseAway, type Database } from '#lib/database';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the request; nobody until the hook below has run. */
    viewer: Viewer | null;
    /** When it arrived, by the database clock, as ISO text with microseconds; empty before the hook has run. */
    receivedAt: string;
    /** What the tokens of this session's forms are made of; null without a session. */
    csrfSecret: string | null;
    /** The database was away when it arrived. */
    databaseAway: DatabaseAway | null;
  }
}

interface Answer {
  readonly received_at: string;
  readonly person_id: string | null;
  readonly name: string | null;
  readonly language: 'nl' | 'en' | null;
  readonly csrf_secret: string | null;
  readonly roles: readonly RoleInRegion[];
}

const AUTHENTICATE = {
  name: 'authenticate',
  text: 'select received_at, person_id, name, language, csrf_secret, roles from app.authenticate($1, $2)',
};

/** Paths that need neither a viewer nor the clock: they must answer while the database is away. */
const WITHOUT_DATABASE = new Set(['/healthz', '/readyz']);

/**
 * The first act of a request: its moment and its sender, in one call on the reserved pool. What arrived in time is in time, however
 * long it then waits for a connection. A form is read also while the database is away, so that the page can show what was typed.
 */
export function addRequestMoment(fastify: FastifyInstance, database: Database, cookieName: string): void {
  fastify.decorateRequest('viewer', null);
  fastify.decorateRequest('receivedAt', '');
  fastify.decorateRequest('csrfSecret', null);
  fastify.decorateRequest('databaseAway', null);
  fastify.addHook('onRequest', async (request) => {
    if (WITHOUT_DATABASE.has(request.url) || request.url.startsWith('/assets/')) return;
    const session = request.cookies[cookieName];
    const values = [hashOf(session), session === undefined ? hashOf(bearer(request)) : null];
    const answer = await database.ask<Answer>(AUTHENTICATE, values).then(
      ([row]) => row,
      (error: unknown) => {
        if (!(error instanceof DatabaseAway) || request.method !== 'POST') throw error;
        request.databaseAway = error;
      },
    );
    if (answer === undefined) return;
    request.receivedAt = answer.received_at;
    request.viewer = viewerOf(answer);
    request.csrfSecret = answer.csrf_secret;
  });
  fastify.addHook('preHandler', async (request) => {
    if (request.databaseAway !== null) throw request.databaseAway;
    await Promise.resolve();
  });
}

function viewerOf({ person_id: id, name, language, roles }: Answer): Viewer {
  return id === null ? NOBODY : { id, name: name ?? '', language: language ?? 'nl', roles };
}

function bearer(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
}

/** Only hashes of secrets are stored, so a copy of the database opens no session. */
function hashOf(secret: string | undefined): string | null {
  return secret === undefined ? null : createHash('sha256').update(secret).digest('hex');
}
