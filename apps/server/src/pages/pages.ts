import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, type Viewer } from '#lib/access';
import type { Language, Say } from '#lib/kernel';
import { csrfTokenOf } from '#lib/people';
import { languageOf } from '../edge/language.js';
import { ServerState } from '../server-state.js';
import { navigationOf } from './navigation.js';
import { Views } from './views.js';

/** A field that is wrong: where to go and what to do. */
export interface FieldError {
  /** Id of the field. */
  readonly id: string;
  readonly message: string;
}

export interface Crumb {
  readonly href?: string;
  readonly label: string;
}

/** One page: a template of `views/pages` with its values, which a builder of the screen has made. */
export interface Page {
  readonly view: string;
  readonly title: string;
  readonly model: object;
  readonly status?: number;
  readonly crumbs?: readonly Crumb[];
  readonly errors?: readonly FieldError[];
  /** Wide tables use the whole width. */
  readonly region?: string;
}

/** Shows pages: the words, the frame, the headers. */
@Injectable()
export class Pages {
  constructor(
    readonly views: Views,
    private readonly state: ServerState,
  ) {}

  say(request: FastifyRequest, key: string, values: Readonly<Record<string, unknown>> = {}): string {
    return this.views.texts.say(languageOf(request), key, values);
  }

  /** The language of a page, and its words by key. */
  words(request: FastifyRequest): { readonly language: Language; readonly say: Say } {
    return { language: languageOf(request), say: (key, values) => this.say(request, key, values) };
  }

  show(request: FastifyRequest, reply: FastifyReply, page: Page): void {
    const common = this.common(request, reply);
    const { errors = [], crumbs = [], region = '' } = page;
    const inner = { ...common, ...page.model, title: page.title, errors: summaryOf(errors) };
    const body = this.views.render(`pages/${page.view}`, inner);
    const viewer = request.viewer ?? NOBODY;
    const path = request.url.split('?')[0] ?? '/';
    const frame = {
      ...{ ...common, title: page.title, hasErrors: errors.length > 0, crumbs, region, body, path },
      // A page belongs where its crumbs begin: staff come to a proposal from its call.
      ...{
        nav: navigationOf(viewer, crumbs[0]?.href ?? path),
        user: userOf(viewer),
        hasMailbox: this.state.hasMailbox,
      },
      other: otherLanguage(common.language),
    };
    void reply
      .status(page.status ?? 200)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(this.views.render('layouts/main', frame));
  }

  /** A piece of a page, for htmx. */
  fragment(request: FastifyRequest, reply: FastifyReply, view: string, model: object): void {
    const markup = this.views.render(view, { ...this.common(request, reply), ...model });
    void reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(markup);
  }

  private common(request: FastifyRequest, reply: FastifyReply): Common {
    const { csrfSecret } = request;
    return {
      language: languageOf(request),
      // Before the headers are set, an error has no nonce and its page no scripts.
      nonce: (reply.cspNonce as { script: string } | undefined)?.script ?? '',
      now: request.receivedAt,
      assets: this.views.assets,
      csrf: csrfSecret === null ? '' : csrfTokenOf(csrfSecret),
    };
  }
}

interface Common {
  readonly language: Language;
  readonly nonce: string;
  readonly now: string;
  readonly assets: Readonly<Record<string, string>>;
  readonly csrf: string;
}

function summaryOf(errors: readonly FieldError[]): object | null {
  return errors.length === 0 ? null : { count: errors.length, items: errors };
}

function userOf({ id, name }: Viewer): object | null {
  if (id === null) return null;
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  // "El Amrani" and "de Groot": the small words of a name are left out, unless it has no others.
  const large = words.filter((word) => /^\p{Lu}/u.test(word));
  const shown = large.length > 0 ? large : words;
  const letters = [shown.at(0), shown.length > 1 ? shown.at(-1) : undefined].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  );
  return { name, initials: letters.join('').toUpperCase() };
}

function otherLanguage(language: Language): object {
  return language === 'nl' ? { code: 'en', name: 'English' } : { code: 'nl', name: 'Nederlands' };
}
