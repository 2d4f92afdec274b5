import type { FastifyRequest } from 'fastify';
import { answersIn, fieldsOf, localPath, type Fields } from '../form-fields.js';
import type { FieldError, Page, Pages } from '../pages.js';

/** What somebody typed before the session was found to have ended, and where it was to go. */
export interface Kept {
  readonly then: string;
  readonly answers: Fields;
}

interface SignInAsked {
  readonly email?: string;
  readonly kept?: Kept;
  /** Key of what is wrong, already in words. */
  readonly fault?: string;
  readonly status?: number;
  /** What is wrong with the address that a link was asked for. */
  readonly linkError?: string;
}

/** The sign-in page; it carries on what was typed, so that an expired session loses nothing. */
export function signInPage(pages: Pages, request: FastifyRequest, asked: SignInAsked = {}): Page {
  const { email = '', kept = { then: '/', answers: {} }, fault, status, linkError } = asked;
  const hasKept = Object.keys(kept.answers).length > 0;
  return {
    view: 'sign-in',
    title: pages.say(request, 'account.sign-in-title'),
    model: {
      ...{ email, then: kept.then, kept: hasKept ? JSON.stringify(kept.answers) : '' },
      ...{ fault: fault ?? null, linkError: linkError ?? null },
    },
    ...(fault === undefined ? {} : { errors: [{ id: 'email', message: fault }] }),
    ...(linkError === undefined ? {} : { errors: [{ id: 'link-email', message: linkError }] }),
    ...(status === undefined ? {} : { status }),
  };
}

interface SignUpAsked {
  readonly fields?: Fields;
  readonly errors?: readonly FieldError[];
  readonly kept: Kept;
}

/** The page that asks who somebody without an account is; it carries on what was typed. */
export function signUpPage(pages: Pages, request: FastifyRequest, asked: SignUpAsked): Page {
  const { fields = {}, errors = [], kept } = asked;
  const hasKept = Object.keys(kept.answers).length > 0;
  const errorFor = Object.fromEntries(errors.map(({ id, message }) => [id, message]));
  return {
    ...{ view: 'sign-up', title: pages.say(request, hasKept ? 'account.almost-title' : 'account.sign-up-title') },
    ...{ errors, status: errors.length > 0 ? 422 : 200 },
    model: { fields, errorFor, then: kept.then, kept: hasKept ? JSON.stringify(kept.answers) : '' },
  };
}

/** The page that sends kept answers on, under the new session, when the person says so. */
export function keptPage(pages: Pages, request: FastifyRequest, kept: Kept & { readonly id?: string }): Page {
  const { then, answers, id } = kept;
  const model = { then, items: itemsOf(answers), id };
  return { view: 'kept', title: pages.say(request, 'account.kept-title'), model };
}

/** What was typed, to be sent along; what a person would know again is shown. */
export function itemsOf(answers: Fields): readonly object[] {
  const isWord = (name: string, value: string): boolean => !name.startsWith('_') && !['', 'on'].includes(value.trim());
  return Object.entries(answers).map(([name, value]) => ({ name, value, shown: isWord(name, value) }));
}

/** What the request was about to bring: a form for its own address, or a page to go back to. */
export function keptOf(request: FastifyRequest): Kept {
  const [path = '/'] = request.url.split('#');
  const answers = request.method === 'POST' ? withKey(fieldsOf(request)) : {};
  return { then: localPath(path), answers };
}

/** What the sign-in form carried on. */
export function carriedOn(fields: Fields): Kept {
  return { then: localPath(fields['_then']), answers: readKept(fields['_kept']) };
}

/** Fields that are never shown again. */
export const SECRET: readonly string[] = ['password', 'current'];

/** The key of the form and its base go along: what was sent twice is still done once. */
function withKey(fields: Fields): Fields {
  const own = ['_key', '_base', '_revision', '_action'].flatMap((name) => {
    const value = fields[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const answers = Object.entries(answersIn(fields)).filter(([name]) => !SECRET.includes(name));
  return Object.fromEntries([...answers, ...own]);
}

function readKept(text = ''): Fields {
  try {
    const kept: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof kept !== 'object' || kept === null) return {};
    const texts = Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    return Object.fromEntries(texts);
  } catch {
    return {};
  }
}
