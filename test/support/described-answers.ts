import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * Holds every good answer of the API that any test reads against what the API's own document says of it, so that all suites together prove
 * the document. jest loads this before each suite of the integration project.
 */
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Checked {
  readonly templates: readonly (readonly [string, RegExp])[];
  validatorOf(path: string, method: string, status: number): ValidateFunction | null;
}

const BASE = '/api/v1';
const OPENAPI = `${BASE}/openapi.json`;
const FORMATS = {
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  binary: true,
} as const;

const plainFetch = globalThis.fetch;
const known = new Map<string, Checked>();
const ofOrigin = new Map<string, Promise<Checked | null>>();

/** Readers must bear new properties, so the document leaves objects open; what this version sends is described to the last property. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, closed(one)]));
  return 'properties' in copy && !('additionalProperties' in copy) ? { ...copy, additionalProperties: false } : copy;
}

const pointer = (steps: readonly string[]): string =>
  steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** A literal path before one with parameters: `/initiatives/open` is no initiative. */
function templatesOf(paths: readonly string[]): readonly (readonly [string, RegExp])[] {
  const byParameters = [...paths].sort((a, b) => a.split('{').length - b.split('{').length);
  return byParameters.map((path) => [path, new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)] as const);
}

function checkedBy(text: string): Checked {
  const found = known.get(text);
  if (found !== undefined) return found;
  const { paths, ...rest } = JSON.parse(text) as ApiDocument;
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  ajv.addSchema(closed({ paths, ...rest }) as object, 'api');
  const validators = new Map<string, ValidateFunction>();
  const checked: Checked = {
    templates: templatesOf(Object.keys(paths)),
    validatorOf(path, method, status) {
      const steps = ['paths', path, method, 'responses', String(status), 'content', 'application/json', 'schema'];
      if (stepInto({ paths }, steps) === undefined) return null;
      const at = pointer(steps);
      const validator = validators.get(at) ?? ajv.compile({ $ref: `api#${at}` });
      validators.set(at, validator);
      return validator;
    },
  };
  known.set(text, checked);
  return checked;
}

function stepInto(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce((at, step) => (at as Record<string, unknown> | undefined)?.[step], value);
}

/** A server that cannot hand its document out now (its database is away) is asked again the next time. */
async function checkedOf(origin: string): Promise<Checked | null> {
  const read = async (): Promise<Checked | null> => {
    const answer = await plainFetch(`${origin}${OPENAPI}`);
    return answer.ok ? checkedBy(await answer.text()) : null;
  };
  const asked = ofOrigin.get(origin) ?? read().catch(() => null);
  ofOrigin.set(origin, asked);
  const checked = await asked;
  if (checked === null) ofOrigin.delete(origin);
  return checked;
}

async function assertDescribed(method: string, { origin, pathname }: URL, response: Response): Promise<void> {
  const checked = await checkedOf(origin);
  if (checked === null) return;
  const below = pathname.slice(BASE.length);
  const template = checked.templates.find(([, pattern]) => pattern.test(below))?.[0] ?? below;
  const validate = checked.validatorOf(template, method.toLowerCase(), response.status);
  const where = `${method} ${template} (${response.status})`;
  const repair = 'Repair the marked example that @Documented gets as `answer` (apps/server/src/edge/described.ts).';
  if (validate === null)
    throw new Error(`${where} answers JSON that the document of the API does not describe. ${repair}`);
  const body: unknown = JSON.parse(await response.text());
  if (validate(body)) return;
  const faults = (validate.errors ?? []).map(
    ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`${where} is not what the document of the API says of it. ${repair}\n${faults.join('\n')}`);
}

globalThis.fetch = async (...asked: Parameters<typeof fetch>): Promise<Response> => {
  const response = await plainFetch(...asked);
  const [input, init] = asked;
  const url = new URL(input instanceof Request ? input.url : input);
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  if (!response.ok || !isJson || !url.pathname.startsWith(`${BASE}/`) || url.pathname === OPENAPI) return response;
  const method = (input instanceof Request ? input.method : init?.method) ?? 'GET';
  if (method !== 'HEAD') await assertDescribed(method, url, response.clone());
  return response;
};
