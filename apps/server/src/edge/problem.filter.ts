import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failedPage } from '../pages/account/failed.view.js';
import { keptOf, keptPage, signInPage } from '../pages/account/sign-in.view.js';
import { longPage, signPage } from '../pages/sign-page.js';
import { FormTokenWrong } from '../pages/form-token.js';
import type { Page, Pages } from '../pages/pages.js';
import { languageOf } from './language.js';
import { messagesOf, problemOf, retryAfterOf, type Problem } from './problem.js';
import { SignNotAllowed, TextTooLong } from './request-errors.js';
import type { RouteList } from './route-list.js';

/** Everything that goes wrong leaves here: as problem+json, or as a page for who asked for a page. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('problem');

  constructor(
    private readonly routes: RouteList,
    private readonly pages: Pages,
  ) {}

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
    this.send(request, reply, problem, error);
  }

  private send(request: FastifyRequest, reply: FastifyReply, problem: Problem, error: unknown): void {
    const wantsPage = request.headers.accept?.includes('text/html') === true && !request.url.startsWith('/api/');
    reply.status(problem.status).header('cache-control', 'no-store');
    if (!wantsPage) void reply.type('application/problem+json').send(JSON.stringify(problem));
    else if (request.headers['hx-request'] === 'true') this.tellSaveState(request, reply, problem);
    else this.pages.show(request, reply, { ...this.pageOf(request, problem, error), status: problem.status });
  }

  /** An autosave that was refused says so beside the form; the text stays where it is. */
  private tellSaveState(request: FastifyRequest, reply: FastifyReply, { status, title, detail }: Problem): void {
    const text = status === 401 || status === 403 ? this.pages.say(request, 'form.signed-out') : (detail ?? title);
    // htmx puts only a good answer in its place.
    reply.status(200);
    this.pages.fragment(request, reply, 'fragments/save-state', { state: 'error', text });
  }

  /** What was typed goes along when only the session or its token is the trouble, and is shown again whatever else went wrong. */
  private pageOf(request: FastifyRequest, problem: Problem, error: unknown): Page {
    const kept = keptOf(request);
    if (problem.status === 401) return signInPage(this.pages, request, { kept });
    if (error instanceof FormTokenWrong) return keptPage(this.pages, request, kept);
    if (error instanceof SignNotAllowed) return signPage(this.pages, request, { kept, faults: error.faults });
    if (error instanceof TextTooLong)
      return longPage(this.pages, request, kept, { id: error.field, most: error.most, message: problem.detail ?? '' });
    const failed = failedPage(request, problem, kept);
    if (failed !== null) return { ...failed, title: problem.title };
    return { view: 'message', title: problem.title, model: { text: problem.detail ?? '', items: messagesOf(problem) } };
  }
}
