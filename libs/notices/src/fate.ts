import { MailCannotBeRendered } from './render.js';

/** What becomes of a mail after an attempt. */
export interface Fate {
  readonly status: 'sent' | 'new' | 'failed' | 'bounced';
  readonly error: string | null;
  /** Seconds until the next attempt. */
  readonly retrySeconds: number;
}

/** Seconds between attempts, longer each time; after the last the mail has failed (together about two days). */
const RETRY_SECONDS: readonly number[] = [60, 300, 900, 3_600, 14_400, 43_200, 86_400];
/** Answers to these commands speak of the recipient or the message; other refusals speak of us, and may be mended. */
const ABOUT_THE_MAIL: ReadonlySet<string> = new Set(['RCPT TO', 'DATA']);

interface SmtpError {
  readonly responseCode?: number;
  readonly command?: string;
  readonly code?: string;
}

/**
 * Judges an attempt: 5xx about the recipient or the message has bounced (RFC 5321, 4.2.1); anything else is tried again later.
 * `attempts` counts the one that just ended.
 */
export function fateOf(failure: unknown, attempts: number): Fate {
  if (failure === undefined) return { status: 'sent', error: null, retrySeconds: 0 };
  if (failure instanceof MailCannotBeRendered) return { status: 'failed', error: failure.code, retrySeconds: 0 };
  const { responseCode, command, code } = failure as SmtpError;
  const error = [code, command, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown';
  const isPermanent = responseCode !== undefined && responseCode >= 500 && responseCode < 600;
  if (isPermanent && ABOUT_THE_MAIL.has(command ?? '')) return { status: 'bounced', error, retrySeconds: 0 };
  const retrySeconds = RETRY_SECONDS[attempts - 1];
  return retrySeconds === undefined
    ? { status: 'failed', error, retrySeconds: 0 }
    : { status: 'new', error, retrySeconds };
}
