import 'reflect-metadata';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import staticFiles from '@fastify/static';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from './api/metrics.js';
import { KeptTexts } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { API_VERSION, API_VERSION_HEADER, apiDocument, OPENAPI, type ApiSite } from './edge/api-document.js';
import { addInputFilter } from './edge/input-filter.js';
import { PolicyCheck } from './edge/policy.guard.js';
import { problemOf } from './edge/problem.js';
import { addRequestMoment } from './edge/request-moment.js';
import { RouteList } from './edge/route-list.js';
import { addUploads } from './edge/upload.js';
import { SessionCookie } from './edge/session-cookie.js';
import { addFormTokenCheck, addKeptTextRelease } from './pages/form-token.js';
import { ServerModule } from './server.module.js';
import type { ServerOptions } from './server-options.js';
import { ServerState } from './server-state.js';
import { validationProblem } from './edge/validation-problem.js';

export interface RunningServer {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly routes: RouteList;
  /** Ends what runs, within ten seconds, and takes on nothing new. */
  stop(): Promise<void>;
}

const BODY_LIMIT = 256 * 1024;
const DRAIN_MS = 8_000;
const ASSETS = '/assets/*';

/** Nothing from elsewhere, no style or script of the markup itself; only htmx may make markup (Trusted Types). */
const CSP = {
  'default-src': ["'none'"],
  'script-src': [],
  'style-src': ["'self'"],
  ...{ 'img-src': ["'self'"], 'font-src': ["'self'"], 'connect-src': ["'self'"], 'form-action': ["'self'"] },
  ...{ 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"] },
  ...{ 'require-trusted-types-for': ["'script'"], 'trusted-types': ['htmx'] },
};

/** Makes and starts the server. Throws RouteWithoutPolicy before it listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // Attempts are counted by network: without this every visitor behind a proxy would be one.
    trustProxy: [...(options.trustedProxies ?? [])],
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true },
    // Faults before any hook: a URL that cannot be decoded, a parameter that is too long.
    frameworkErrors: (_error: Error, _request: FastifyRequest, reply: FastifyReply) => {
      void reply
        .status(400)
        .header(API_VERSION_HEADER, API_VERSION)
        .type('application/problem+json')
        .send(JSON.stringify({ ...problemOf(undefined, 'nl'), status: 400, code: 'http-400' }));
    },
  });
  const fastify: FastifyInstance = adapter.getInstance();
  const routes = new RouteList();
  routes.watch(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(ServerModule.with(options, routes), adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  await equip(app, fastify, options);
  documentApi(app, fastify, options.site ?? {});
  await app.init();
  app.get(PolicyCheck).assertComplete(routes, new Set([OPENAPI, ASSETS]));
  await app.listen(options.port, options.host);
  return { url: await app.getUrl(), app, routes, stop: () => drain(app) };
}

async function equip(app: NestFastifyApplication, fastify: FastifyInstance, options: ServerOptions): Promise<void> {
  await fastify.register(cookie);
  await fastify.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: { useDefaults: false, directives: CSP },
  });
  addRequestMoment(fastify, options.database, app.get(SessionCookie).name);
  await fastify.register(staticFiles, {
    ...{ root: join(projectFolder(), 'dist', 'assets'), prefix: '/assets/', index: false, decorateReply: false },
    ...{ immutable: true, maxAge: '365d', preCompressed: true },
  });
  await addUploads(fastify);
  addInputFilter(fastify);
  addFormTokenCheck(fastify);
  addKeptTextRelease(fastify, app.get(KeptTexts));
  await fastify.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  app.get(Metrics).watch(fastify);
  const state = app.get(ServerState);
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    reply.header(API_VERSION_HEADER, API_VERSION);
    // What says nothing of it holds something for one person: it stays on no disk.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    if (state.draining) reply.header('connection', 'close');
    done();
  });
  app.enableCsrfProtection();
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      exceptionFactory: validationProblem,
    }),
  );
}

function documentApi(app: NestFastifyApplication, fastify: FastifyInstance, site: ApiSite): void {
  const document = JSON.stringify(apiDocument(app, app.get(SessionCookie).name, site));
  fastify.get(OPENAPI, (_request, reply) =>
    reply.header('access-control-allow-origin', '*').type('application/json').send(document),
  );
}

/** Readiness turns to 503, running requests end, idle connections are closed until nothing is left. */
async function drain(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  app.get(ServerState).draining = true;
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await app.close();
  clearInterval(sweep);
  clearTimeout(deadline);
}
