import type { FastifyRequest } from 'fastify';
import { DomainError } from '#lib/kernel';
import { languageOf } from '../edge/language.js';
import { problemOf } from '../edge/problem.js';

/** What to tell of a broken rule on a page: its own sentence, and the status. Throws again what is ours to mend: it belongs in the log. */
export function faultOf(error: DomainError, request: FastifyRequest): { message: string; status: number } {
  const { detail, title, status } = problemOf(error, languageOf(request));
  if (status === 500) throw error;
  // A form that comes back with what to repair; 401 would say that the page itself needs a sign-in.
  return { message: detail ?? title, status: status === 401 || status === 400 ? 422 : status };
}

/** What to tell of a broken rule on the form that broke it. Throws again what no form can repair. */
export function repairableFaultOf(error: unknown, request: FastifyRequest): { code: string; message: string } {
  if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
  return { code: error.code, message: faultOf(error, request).message };
}
