import type { FastifyInstance } from 'fastify';
import { DomainError } from '#lib/kernel';

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  /** `Controller.method` of the handler, as the framework names it; empty for a route of a plugin. */
  readonly handler: string;
}

/** A route has no declared policy: nobody decided who may use it. Add @Policy to the handler. */
export class RouteWithoutPolicy extends DomainError {
  readonly code = 'route-without-policy';
  constructor(routes: readonly string[]) {
    super(`Routes without a policy: ${routes.join(', ')}`, { routes });
  }
}

/** Every route the server really has, HEAD and plugins' own included: the source of policy checks and of `Allow`. */
export class RouteList {
  readonly routes: RouteEntry[] = [];

  /** Must be called before any route is registered. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url, handler }) => {
      for (const one of [method].flat())
        this.routes.push({ method: one, url, handler: handler.name.replace(/^bound /, '') });
    });
  }

  /** Methods that exist for a path, for 405 instead of 404. */
  methodsFor(url: string): readonly string[] {
    const path = url.split('?')[0] ?? url;
    const methods = this.routes.filter((route) => matches(route.url, path)).map(({ method }) => method);
    return [...new Set(methods)].sort();
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i]);
}
