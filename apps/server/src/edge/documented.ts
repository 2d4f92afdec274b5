import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { anyJson, described, optional, type Mark, type Marked } from './described.js';
import type { Problem } from './problem.js';

/** What the API documentation says of one operation. */
export interface Documentation<T> {
  readonly summary: string;
  readonly status?: number;
  /** What the handler answers; none for an answer without content. */
  readonly answer?: Mark<T>;
  /** Codes of refusals (409) and of faults in the input (400) that this operation knows. */
  readonly refusals?: readonly string[];
  readonly faults?: readonly string[];
  /** Whether the operation is done once per Idempotency-Key. */
  readonly once?: boolean;
  /** Whether too many attempts are refused for a while. */
  readonly throttled?: boolean;
  /** Whether it takes a file. */
  readonly uploads?: boolean;
  /** Whether it replaces what was read, and so needs If-Match. */
  readonly replaces?: boolean;
}

type Handler = (...args: never[]) => unknown;
/** A handler whose answer is what was described; of any other type nothing can be given here, so it does not compile. */
type Answering<F extends Handler, T> = [Marked<Awaited<ReturnType<F>>>, Marked<T>] extends [
  Marked<T>,
  Marked<Awaited<ReturnType<F>>>,
]
  ? unknown
  : { readonly 'this handler answers another type': T };

const PROBLEM_TYPE = 'application/problem+json';

const PROBLEM = described<Problem>('Problem', {
  type: 'about:blank',
  title: 'Dit bestaat niet, of niet voor u.',
  status: 404,
  detail: optional('Dit bestaat niet, of niet voor u.'),
  code: 'not-found',
  errors: optional([anyJson({ pointer: '/title', code: 'missing' })]),
});

function problem(status: number, description: string, codes: readonly string[] = []): MethodDecorator {
  const example = { type: 'about:blank', title: description, status, code: codes[0] ?? `http-${status}` };
  const text = codes.length === 0 ? description : `${description} ${codes.join(', ')}.`;
  return ApiResponse({ status, description: text, content: { [PROBLEM_TYPE]: { schema: PROBLEM.schema, example } } });
}

/** Documents an operation with its summary, what it answers and every error it can answer with. */
export function Documented<T = void>(
  doc: Documentation<T>,
): <F extends Handler>(target: object, key: string, method: TypedPropertyDescriptor<F> & Answering<F, T>) => void {
  const { summary, status = 200, answer, once = false, replaces = false } = doc;
  const key = { name: 'Idempotency-Key', required: true, example: '7b0c5f6e-0d0a-4f7e-9d53-0c1f3e1b2a4d' };
  return applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({
      status,
      description: summary,
      ...(answer === undefined ? {} : { content: { [answer.mediaType]: { schema: answer.schema } } }),
    }),
    ...problemsOf(doc),
    ...(once ? [ApiHeader(key)] : []),
    ...(replaces ? [ApiHeader({ name: 'If-Match', required: true, example: '"1.3"' })] : []),
  );
}

function problemsOf({
  faults,
  refusals,
  once,
  replaces,
  throttled,
  uploads,
}: Omit<Documentation<unknown>, 'answer'>): MethodDecorator[] {
  const asked: readonly (MethodDecorator | false)[] = [
    problem(400, 'The input cannot be used; every fault is listed.', faults),
    problem(401, 'Not signed in.'),
    problem(404, 'It does not exist, or not for this viewer.', ['not-found']),
    refusals !== undefined && problem(409, 'A rule refuses this now.', refusals),
    replaces === true && problem(412, 'It was changed meanwhile.', ['version-is-stale']),
    uploads === true && problem(413, 'The file is too large.', ['file-too-large']),
    uploads === true && problem(415, 'The body is no upload (multipart/form-data).'),
    once === true && problem(422, 'The key was used with another body.', ['idempotency-key-reused']),
    replaces === true && problem(428, 'If-Match is missing.', ['if-match-missing']),
    throttled === true && problem(429, 'Too many attempts; Retry-After says when to try again.', ['too-many-attempts']),
    problem(503, 'The database is away; Retry-After says when to try again.', ['database-away']),
  ];
  return asked.filter((one) => one !== false);
}
