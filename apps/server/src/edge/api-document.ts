import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { SCHEMA_NAME, type Schema } from './described.js';

/** Major, minor and patch: in the document, and in the header of every answer. */
export const API_VERSION = '1.0.0';
export const API_VERSION_HEADER = 'API-Version';

const BASE = '/api/v1';
/** Where NLGov has programs look for it (ADR core/publish-openapi). */
export const OPENAPI = `${BASE}/openapi.json`;

/** Where the API is reached, and whom to ask about it. */
export interface ApiSite {
  /** Address of the site; absent: that of whoever reads the document. */
  readonly url?: string | undefined;
  readonly contact?: { readonly name: string; readonly email: string } | undefined;
}

const NOBODY_YET = { name: 'Regioloket', email: 'loket@regioloket.example' };

/** The whole API as OpenAPI 3.1, as the NLGov REST API Design Rules 2.2 ask it. */
export function apiDocument(app: INestApplication, cookie: string, { url = '', contact }: ApiSite): object {
  const origin = url.replace(/\/+$/, '');
  const { name, email } = contact ?? NOBODY_YET;
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Regioloket')
    .setVersion(API_VERSION)
    .setDescription('Rounds of innovation programmes: proposals, reviews, advice and decisions.')
    .setContact(name, `${origin}/contact`, email)
    .setLicense('EUPL-1.2', 'https://eupl.eu/1.2/en/')
    .addServer(`${origin}${BASE}`)
    .addSecurity('bearer', { type: 'http', scheme: 'bearer', description: 'A token of POST /me/tokens.' })
    .addSecurity('session', { type: 'apiKey', in: 'cookie', name: cookie })
    .build();
  const { paths, components, ...rest } = SwaggerModule.createDocument(app, config);
  const schemas: Record<string, unknown> = { ...components?.schemas };
  const described = withVersionHeader(lifted(pathsBelow(paths, origin), schemas));
  const headers = { [API_VERSION_HEADER]: VERSION_HEADER };
  return { ...rest, paths: described, components: { ...components, schemas, headers } };
}

const VERSION_HEADER = {
  description: 'The version of the API that answers.',
  schema: { type: 'string', example: API_VERSION },
};

/** The server's address holds the major version; what lies beside it (`/healthz`) says its own. */
function pathsBelow(paths: OpenAPIObject['paths'], origin: string): Record<string, object> {
  const entries = Object.entries(paths).map(([path, item]) =>
    path.startsWith(`${BASE}/`)
      ? [path.slice(BASE.length), item]
      : [path, { ...item, servers: [{ url: origin === '' ? '/' : origin }] }],
  );
  return Object.fromEntries(entries) as Record<string, object>;
}

/** Schemas with a name go to the components, each once, and are referred to from then on. */
function lifted(value: unknown, into: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => lifted(one, into));
  if (typeof value !== 'object' || value === null) return value;
  const { [SCHEMA_NAME]: name, ...fields } = value as Schema;
  const schema = Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, lifted(one, into)]));
  if (typeof name !== 'string') return schema;
  const known = (into[name] ??= schema);
  if (!isDeepStrictEqual(known, schema)) throw new Error(`Two different schemas are called ${name}.`);
  return { $ref: `#/components/schemas/${name}` };
}

/** Every answer carries it, so every answer declares it. */
function withVersionHeader(paths: unknown): object {
  const declared = { [API_VERSION_HEADER]: { $ref: `#/components/headers/${API_VERSION_HEADER}` } };
  const eachOf = (all: object, change: (one: object) => object): object =>
    Object.fromEntries(Object.entries(all).map(([key, one]) => [key, change(one as object)]));
  return eachOf(paths as object, (item) =>
    eachOf(item, (operation) => {
      const { responses } = operation as { responses?: object };
      if (responses === undefined) return operation;
      return { ...operation, responses: eachOf(responses, (one) => ({ ...one, headers: declared })) };
    }),
  );
}
