import type { FastifyReply, FastifyRequest } from 'fastify';

/** The session's cookie. Browsers refuse the __Host- prefix without https, so plain http has a name without it. */
export class SessionCookie {
  readonly name: string;

  constructor(private readonly isHttps: boolean) {
    this.name = isHttps ? '__Host-session' : 'session';
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.name];
  }

  set(reply: FastifyReply, sessionId: string): void {
    reply.setCookie(this.name, sessionId, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isHttps });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.name, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isHttps });
  }
}
