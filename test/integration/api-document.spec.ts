import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { startServer, type RunningServer } from '#app/server';
import { Mailbox } from '#lib/notices';
import { openTestFiles, type TestFiles } from '../support/test-files.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

interface Media {
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly example?: unknown;
}

type Example = Readonly<Record<string, unknown>>;

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly headers?: Record<string, unknown>; readonly content?: Record<string, Media> }>
  >;
}

interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly version: string; readonly contact?: Record<string, string> };
  readonly servers: readonly { readonly url: string }[];
  readonly components: {
    readonly schemas: Record<string, { readonly properties?: Record<string, Record<string, unknown>> }>;
    readonly securitySchemes: Record<string, Record<string, unknown>>;
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const SITE = { url: 'https://loket.example', contact: { name: 'Landelijk loket', email: 'loket@loket.example' } };
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

let noord: TestRound;
let server: RunningServer;
let mailbox: Mailbox;
let files: TestFiles;
let text = '';
let document: ApiDocument;

beforeAll(async () => {
  noord = await TestRound.open({ members: 1, applicants: 1 });
  await noord.openCall();
  mailbox = await Mailbox.open();
  files = await openTestFiles();
  server = await startServer({
    ...{ database: noord.database, host: '127.0.0.1', port: 0, isHttps: true, round: noord.round },
    ...{ people: { messageIds: MESSAGE_IDS, links: LINKS }, mailbox, files: files.parts(false), site: SITE },
  });
  text = await (await fetch(`${server.url}/api/v1/openapi.json`)).text();
  document = JSON.parse(text) as ApiDocument;
});
afterAll(async () => {
  await server.stop();
  await mailbox.close();
  files.remove();
  await noord.close();
});

const operations = (): readonly (readonly [string, Operation])[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  );
const responses = (): readonly (readonly [string, Operation['responses'][string]])[] =>
  operations().flatMap(([where, operation]) =>
    Object.entries(operation.responses).map(([status, response]) => [`${where} ${status}`, response] as const),
  );

/** Every schema, or answer with one, that shows an example; equal ones once. */
function examplesIn(value: unknown, found = new Map<string, Example>()): Map<string, Example> {
  if (typeof value !== 'object' || value === null) return found;
  const { schema, ...own } = value as { readonly schema?: object };
  if ('example' in own) found.set(JSON.stringify(value), { ...schema, ...own });
  for (const one of Object.values(value)) examplesIn(one, found);
  return found;
}

describe('the document of the API', () => {
  it('describes every route of the API with a summary, and every error it can give', () => {
    const real = server.routes.routes
      .filter(({ method, url }) => method !== 'HEAD' && /^\/(api\/v1|healthz|readyz|metrics)/.test(url))
      .filter(({ url }) => url !== '/api/v1/openapi.json')
      .map(({ method, url }) => `${method} ${url.replace('/api/v1', '').replace(/:(\w+)/g, '{$1}')}`);
    expect(
      operations()
        .map(([where]) => where)
        .sort(),
    ).toEqual([...new Set(real)].sort());
    for (const [where, operation] of operations()) {
      expect([where, typeof operation.summary]).toEqual([where, 'string']);
      const codes = Object.keys(operation.responses);
      expect([where, codes]).toEqual([where, expect.arrayContaining(['400', '401', '404', '503'])]);
      for (const code of codes.filter((one) => !one.startsWith('2')))
        expect([where, code, operation.responses[code]?.content?.['application/problem+json']]).toEqual([
          where,
          code,
          expect.objectContaining({
            schema: { $ref: '#/components/schemas/Problem' },
            example: expect.objectContaining({ status: Number(code) }),
          }),
        ]);
    }
  });

  it('has a schema of every good answer with content', () => {
    const REPAIR =
      'describe what the handler returns: @Documented({ …, answer: described<TheType>(name, { … }) }) of apps/server/src/edge/described.ts';
    for (const [where, response] of responses().filter(([one]) => / 2\d\d$/.test(one))) {
      if (/ 20[24]$/.test(where) && response.content === undefined) continue;
      const schemas = Object.values(response.content ?? {}).map(({ schema = {} }) => Object.keys(schema).length > 0);
      expect([where, schemas.length > 0 && schemas.every(Boolean) ? 'a schema' : `no schema: ${REPAIR}`]).toEqual([
        where,
        'a schema',
      ]);
    }
  });

  it('shows examples that are what their schemas say', () => {
    const formats = { uuid: true, 'date-time': true, date: true, email: true, binary: true } as const;
    const ajv = new Ajv2020({ strict: false, allErrors: true, formats });
    ajv.addSchema(document, 'api');
    const shown = examplesIn([document.components.schemas, responses()]);
    for (const { example, ...schema } of shown.values()) {
      const whole = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as object;
      const validate = ajv.compile(whole);
      expect([validate(example), example, validate.errors]).toEqual([true, example, null]);
    }
    expect(shown.size).toBeGreaterThan(200);
  });

  it('names shared shapes, so that a generated client has good names', () => {
    const names = Object.keys(document.components.schemas);
    expect(names).toEqual(
      expect.arrayContaining(['Proposal', 'ProposalRowPage', 'Call', 'Decision', 'Action', 'Problem']),
    );
    expect(names.filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name))).toEqual([]);
    expect(text).not.toContain('x-schema-name');
  });
});

describe('the API Design Rules of the Dutch government', () => {
  it('core/version-header: every response declares it', () => {
    for (const [where, { headers = {} }] of responses())
      expect([where, Object.keys(headers)]).toEqual([where, ['API-Version']]);
  });

  it.each(['/api/v1/regions', '/api/v1/nothing', '/api/v1/me', '/healthz', '/%zz'])(
    'core/version-header: %s really sends it',
    async (path) => {
      expect((await fetch(`${server.url}${path}`)).headers.get('api-version')).toBe(document.info.version);
    },
  );

  it('core/uri-version: the server’s address holds the major version, at the address of the settings', () => {
    expect(document.servers).toEqual([{ url: 'https://loket.example/api/v1' }]);
    expect(document.info.version).toMatch(/^1\.\d+\.\d+$/);
  });

  it('core/doc-openapi-contact: name, url and e-mail address', () => {
    const { name, email } = SITE.contact;
    expect(document.info.contact).toEqual({ name, email, url: 'https://loket.example/contact' });
  });

  it('core/publish-openapi: for everybody, beside the version', async () => {
    const { headers, status } = await fetch(`${server.url}/api/v1/openapi.json`);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(document.openapi).toBe('3.1.0');
  });

  it('core/path-segments-kebab-case and core/no-trailing-slash', () => {
    const kebab = /^(\/([a-z0-9-]+|\{[^}]+\}))+$/;
    expect(Object.keys(document.paths).filter((path) => !kebab.test(path))).toEqual([]);
  });

  it('core/query-keys-camel-case', () => {
    const keys = operations().flatMap(([, { parameters = [] }]) =>
      parameters.filter((one) => one.in === 'query').map(({ name }) => name),
    );
    expect(keys.filter((key) => !/^[a-z][a-z\d]*([A-Z][a-z\d]*)*$/.test(key))).toEqual([]);
  });

  it('core/date-time: a property that is called a date is one', () => {
    const dates = Object.values(document.components.schemas).flatMap(({ properties = {} }) =>
      Object.entries(properties).filter(([name]) => /^date$|[a-z]Date$/.test(name)),
    );
    expect(dates.filter(([, schema]) => schema['format'] !== 'date')).toEqual([]);
  });

  it('says how one is known: by a token that is no JWT, or by the session’s own cookie', () => {
    expect(document.components.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
      session: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
    });
    expect(text).not.toContain('JWT');
  });
});

describe('what everybody may read, held against the document', () => {
  const read = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${server.url}/api/v1${path}`);
    return answer.status === 200 ? answer.json() : null;
  };

  it('is the regulation of every network', async () => {
    const regions = (await read('/regions')) as { readonly code: string }[];
    const found = await Promise.all(regions.map(({ code }) => read(`/regions/${code}/regulations/innovatie-wt`)));
    expect(found.filter((one) => one !== null).length).toBe(7);
  });

  it.each(['', '/form', '/closing', '/lots'])('is what /calls/{id}%s answers', async (part) => {
    const { items } = (await read('/regions/noord/calls')) as { readonly items: readonly { readonly id: string }[] };
    expect(await read(`/calls/${items[0]?.id ?? ''}${part}`)).not.toBeNull();
  });
});
