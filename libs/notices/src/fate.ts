import { ConversationFailed } from './conversation.js';
import { MailCannotBeRendered } from './render.js';

/** What becomes of a mail after an attempt. */
export interface Fate {
  readonly status: 'sent' | 'new' | 'failed' | 'bounced' | 'uncertain';
  readonly error: string | null;
  /** Seconds until the next attempt. */
  readonly retrySeconds: number;
  /** Whether the attempt counts: of one that we broke off nobody is to blame. */
  readonly counts: boolean;
  /** Nobody knows whether it left. */
  readonly isInDoubt?: boolean;
}

/** How a mail stood when its attempt began; `attempts` counts that one. */
export interface Standing {
  readonly attempts: number;
  /** How often it began to leave and nobody knows whether it did. */
  readonly lost_leases: number;
}

/** Seconds between attempts, longer each time; after the last the mail has failed (together about two days). */
const RETRY_SECONDS: readonly number[] = [60, 300, 900, 3_600, 14_400, 43_200, 86_400];
/** How often a mail may be in doubt before somebody must look (ADR 3). */
const MOST_DOUBTS = 5;
/** Answers to these commands speak of the recipient or the message; other refusals speak of us, and may be mended. */
const ABOUT_THE_MAIL: ReadonlySet<string> = new Set(['RCPT TO', 'DATA']);

interface SmtpError {
  readonly responseCode?: number;
  readonly command?: string;
  readonly code?: string;
}

/** Judges an attempt: 5xx about the recipient or the message has bounced (RFC 5321, 4.2.1); anything else is tried again later. */
export function fateOf(failure: unknown, standing: Standing): Fate {
  if (failure === undefined) return { status: 'sent', error: null, retrySeconds: 0, counts: true };
  if (failure instanceof MailCannotBeRendered)
    return { status: 'failed', error: failure.code, retrySeconds: 0, counts: true };
  const { phase, brokenOff, reply, error } = heard(failure);
  if (phase === 'answer' && reply.responseCode === undefined) return inDoubt(error, standing, brokenOff === 'stopped');
  if (brokenOff === 'stopped') return { status: 'new', error: null, retrySeconds: 0, counts: false };
  if (isPermanent(reply.responseCode) && ABOUT_THE_MAIL.has(reply.command ?? ''))
    return { status: 'bounced', error, retrySeconds: 0, counts: true };
  return again(error, standing);
}

function heard(
  failure: unknown,
): Pick<ConversationFailed, 'phase' | 'brokenOff'> & { reply: SmtpError; error: string } {
  const { reason, phase, brokenOff } =
    failure instanceof ConversationFailed ? failure : { reason: failure, phase: 'setup' as const, brokenOff: null };
  const reply = reason as SmtpError;
  const parts = [reply.code, reply.command, reply.responseCode].filter((part) => part !== undefined);
  return { phase, brokenOff, reply, error: `${brokenOff ?? (parts.join(' ') || 'unknown')} (${phase})` };
}

function isPermanent(code: number | undefined): boolean {
  return code !== undefined && code >= 500 && code < 600;
}

function again(error: string, { attempts }: Standing): Fate {
  const retrySeconds = RETRY_SECONDS[attempts - 1];
  return retrySeconds === undefined
    ? { status: 'failed', error, retrySeconds: 0, counts: true }
    : { status: 'new', error, retrySeconds, counts: true };
}

/** The final dot was written and no answer came: it may have arrived, so it is tried again less often than one that cannot have (ADR 3). */
function inDoubt(error: string, { lost_leases: doubts }: Standing, isStop: boolean): Fate {
  if (doubts + 1 >= MOST_DOUBTS) return { status: 'failed', error, retrySeconds: 0, counts: true, isInDoubt: true };
  const retrySeconds = isStop ? 2 ** (doubts + 1) : (RETRY_SECONDS[doubts] ?? 0);
  return { status: 'uncertain', error, retrySeconds, counts: true, isInDoubt: true };
}
