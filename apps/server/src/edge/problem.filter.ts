import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '#lib/kernel';
import { problemOf, retryAfterOf, type Problem } from './problem.js';
import { page } from '../pages/layout.js';
import type { RouteList } from './route-list.js';

/** Everything that goes wrong leaves here: as problem+json, or as a page for who asked for a page. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('problem');

  constructor(private readonly routes: RouteList) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const language = languageOf(request);
    const isNowhere = request.is404 && error instanceof HttpException && error.getStatus() === 404;
    const others = isNowhere ? this.routes.methodsFor(request.url) : [];
    const problem = others.length > 0 ? problemOf(new HttpException('', 405), language) : problemOf(error, language);
    if (others.length > 0) reply.header('allow', others.join(', '));
    if (problem.status === 500) this.log.error(error instanceof Error ? error.stack : String(error));
    const retryAfter = retryAfterOf(error, problem.status);
    if (retryAfter !== null) reply.header('retry-after', String(retryAfter));
    send(request, reply, problem);
  }
}

function send(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  const wantsPage = request.headers.accept?.includes('text/html') === true && !request.url.startsWith('/api/');
  reply.status(problem.status).header('cache-control', 'no-store');
  if (wantsPage) void reply.type('text/html; charset=utf-8').send(problemPage(problem, languageOf(request)));
  else void reply.type('application/problem+json').send(JSON.stringify(problem));
}

/** Every word of this page is ours: nothing of the request stands in it. */
function problemPage({ status, title }: Problem, language: Language): string {
  const back = language === 'nl' ? 'Naar de startpagina' : 'To the start page';
  return page(language, String(status), `<h1>${title}</h1><p><a href="/">${back}</a></p>`);
}

/** The viewer's own language, else what the browser prefers, else Dutch. */
export function languageOf(request: FastifyRequest): Language {
  if (request.viewer?.id != null) return request.viewer.language;
  return /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'nl';
}
