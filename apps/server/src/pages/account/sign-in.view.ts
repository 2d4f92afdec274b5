import type { FastifyRequest } from 'fastify';
import { answersIn, fieldsOf, localPath, type Fields } from '../form-fields.js';
import type { Page, Pages } from '../pages.js';

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

/** The page that sends kept answers on, under the new session, when the person says so. */
export function keptPage(pages: Pages, request: FastifyRequest, { then, answers }: Kept): Page {
  const items = Object.entries(answers).map(([name, value]) => ({ name, value, shown: value.trim() !== '' }));
  return {
    view: 'kept',
    title: pages.say(request, 'account.kept-title'),
    model: { then, items },
  };
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

/** The key of the form and its base go along: what was sent twice is still done once. */
function withKey(fields: Fields): Fields {
  const own = ['_key', '_base', '_revision', '_action'].flatMap((name) => {
    const value = fields[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...answersIn(fields), ...Object.fromEntries(own) };
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
