import {
  Injectable,
  NotFoundException,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { decide, NOBODY, POLICY_KEY, type PolicyName } from '#lib/access';
import { RouteWithoutPolicy, type RouteList } from './route-list.js';

/** Asks the policy table before any handler runs. Not allowed is told as not existing; not signed in as such. */
@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const policy = this.reflector.getAllAndOverride<PolicyName | undefined>(POLICY_KEY, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { region?: string } }>>();
    const viewer = request.viewer ?? NOBODY;
    if (policy !== undefined && decide(policy, viewer, request.params.region ?? null)) return true;
    throw viewer.id === null ? new UnauthorizedException() : new NotFoundException();
  }
}

/** Fails the start when a route of a controller has no policy. Throws RouteWithoutPolicy with all of them. */
@Injectable()
export class PolicyCheck {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** `others`: routes that no controller owns, each looked at by a person. */
  assertComplete(list: RouteList, others: ReadonlySet<string>): void {
    const declared = this.declaredHandlers();
    const bare = list.routes.filter(({ handler, url }) => !declared.has(handler) && !others.has(url));
    if (bare.length > 0) throw new RouteWithoutPolicy(bare.map(({ method, url }) => `${method} ${url}`));
  }

  private declaredHandlers(): ReadonlySet<string> {
    const names = this.discovery.getControllers().flatMap((wrapper) => {
      const type = wrapper.metatype as (new () => object) | null;
      if (type === null) return [];
      const prototype = type.prototype as Record<string, () => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter(
          (method) =>
            this.reflector.getAllAndOverride<unknown>(POLICY_KEY, [prototype[method] ?? type, type]) !== undefined,
        )
        .map((method) => `${type.name}.${method}`);
    });
    return new Set(names);
  }
}
