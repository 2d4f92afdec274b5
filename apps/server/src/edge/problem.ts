import { HttpException } from '@nestjs/common';
import { COMMITTEE_MESSAGES } from '#lib/committee';
import { DECISION_MESSAGES } from '#lib/decision';
import { FILES_MESSAGES } from '#lib/files';
import { INTAKE_MESSAGES, OfferedTooOften } from '#lib/intake';
import { DomainError, type Language, type Text } from '#lib/kernel';
import { PEOPLE_MESSAGES, TooManyAttempts } from '#lib/people';
import { REGULATION_MESSAGES } from '#lib/regulation';
import { REVIEW_MESSAGES, ScoresAreWrong } from '#lib/review';
import { MoveRefused, PayloadIsWrong } from '#lib/workflow';
import { PressIsBusy } from '../application/press-is-busy.js';
import { statusOf } from './error-status.js';
import { EDGE_MESSAGES, SignNotAllowed } from './request-errors.js';

/** Problem details (RFC 9457) with every fault at once. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  readonly errors?: readonly unknown[];
}

const TITLES: Readonly<Record<number, Text>> = {
  400: {
    nl: 'Wat u stuurde is niet bruikbaar. Verbeter de genoemde punten.',
    en: 'What you sent cannot be used. Repair what is listed.',
  },
  401: {
    nl: 'U bent niet aangemeld. Meld u aan en probeer het opnieuw.',
    en: 'You are not signed in. Sign in and try again.',
  },
  403: {
    nl: 'Dit verzoek komt van een andere site. Open de pagina opnieuw.',
    en: 'This request comes from another site. Open the page again.',
  },
  404: { nl: 'Dit bestaat niet, of niet voor u.', en: 'This does not exist, or not for you.' },
  405: { nl: 'Dit kan hier niet.', en: 'This cannot be done here.' },
  409: { nl: 'Dit kan nu niet.', en: 'This cannot be done now.' },
  412: { nl: 'Dit is intussen gewijzigd. Haal het opnieuw op.', en: 'This was changed meanwhile. Read it again.' },
  413: { nl: 'Dit is te groot.', en: 'This is too large.' },
  415: { nl: 'Dit soort gegevens kan hier niet.', en: 'This kind of content cannot be used here.' },
  422: {
    nl: 'Deze sleutel is al voor een ander verzoek gebruikt.',
    en: 'This key was used for another request already.',
  },
  428: {
    nl: 'Stuur mee welke versie u hebt gelezen.',
    en: 'Say which version you have read.',
  },
  429: { nl: 'Er is te vaak geprobeerd. Wacht even.', en: 'There were too many attempts. Wait a moment.' },
  500: {
    nl: 'Er ging bij ons iets mis. Probeer het later opnieuw.',
    en: 'Something went wrong on our side. Try again later.',
  },
  503: {
    nl: 'De dienst is even niet bereikbaar. Probeer het zo opnieuw.',
    en: 'The service is away for a moment. Try again shortly.',
  },
};

/** The sentences of its faults, for a page. */
export function messagesOf({ errors = [] }: Problem): readonly string[] {
  return errors.flatMap((one) => {
    const { message } = one as { message?: unknown };
    return typeof message === 'string' ? [message] : [];
  });
}

const AWAY_SECONDS = 5;

/** Any thrown value as a problem. The text of a fault of ours is never shown. */
export function problemOf(error: unknown, language: Language): Problem {
  if (error instanceof HttpException) return fromHttp(error, language);
  if (!(error instanceof DomainError)) return problem(500, 'internal', language);
  const status = statusOf(error.code);
  if (status === 500) return problem(500, 'internal', language);
  // Who may not act on a subject, and who asks for one that is not there, get the same answer.
  const code = status === 404 ? 'not-found' : error.code;
  return { ...problem(status, code, language), ...detailOf(error, language), ...errorsOf(error, language) };
}

const MESSAGES: Readonly<Record<string, Text>> = {
  ...EDGE_MESSAGES,
  ...PEOPLE_MESSAGES,
  ...REGULATION_MESSAGES,
  ...INTAKE_MESSAGES,
  ...FILES_MESSAGES,
  ...COMMITTEE_MESSAGES,
  ...REVIEW_MESSAGES,
  ...DECISION_MESSAGES,
};

/** The sentence of a rule that has one of its own, its {names} filled from the facts. */
function detailOf(error: DomainError, language: Language): Pick<Problem, 'detail'> {
  const message = MESSAGES[error.code]?.[language];
  if (message === undefined) return {};
  return { detail: message.replace(/\{(\w+)\}/g, (_, name: string) => textOf(error.facts[name], language)) };
}

function textOf(fact: unknown, language: Language): string {
  if (typeof fact === 'object' && fact !== null) return (fact as Partial<Text>)[language] ?? '';
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : '';
}

/** Seconds until it makes sense to try again; null when nothing is gained by waiting. */
export function retryAfterOf(error: unknown, status: number): number | null {
  if (error instanceof TooManyAttempts || error instanceof OfferedTooOften) return error.minutes * 60;
  if (error instanceof PressIsBusy) return AWAY_SECONDS;
  return status === 503 ? AWAY_SECONDS : null;
}

function errorsOf(error: DomainError, language: Language): Pick<Problem, 'errors'> {
  if (error instanceof PayloadIsWrong) {
    return { errors: error.faults.map(({ field, fault }) => ({ pointer: `/${field}`, code: fault })) };
  }
  if (error instanceof SignNotAllowed) {
    return { errors: error.faults.map(({ pointer, signs }) => ({ pointer, code: error.code, signs })) };
  }
  if (error instanceof ScoresAreWrong) return { errors: error.faults };
  if (!(error instanceof MoveRefused)) return {};
  const errors = error.refusals.map(({ condition, verdict, text, missing }) => ({
    condition,
    verdict,
    message: text[language],
    missing,
  }));
  return { errors };
}

/** Faults of validation carry their list; any other message of the framework is replaced by ours. */
function fromHttp(error: HttpException, language: Language): Problem {
  const status = error.getStatus();
  const body = error.getResponse();
  const errors: unknown = typeof body === 'object' && 'errors' in body ? body.errors : undefined;
  return {
    ...problem(status, `http-${status}`, language),
    ...(Array.isArray(errors) ? { errors: errors as unknown[] } : {}),
  };
}

function problem(status: number, code: string, language: Language): Problem {
  const title = TITLES[status] ?? TITLES[status < 500 ? 400 : 500];
  return { type: 'about:blank', title: title?.[language] ?? '', status, code };
}
