import { createTransport } from 'nodemailer';
import { readSmtpUrl } from '#lib/settings';
import { converse, follow, LONGEST_MS, type Progress } from './conversation.js';
import type { MailTransport } from './mail-work.js';

/** Mails that one process has in flight at most. */
export const CONNECTIONS = 5;

const MINUTE = 60_000;
/** Until the greeting and STARTTLS are over, DNS and every address of the relay together. */
const CONNECTION_MS = 5.5 * MINUTE;
const GREETING_MS = 5 * MINUTE;

/**
 * nodemailer's pool on an SMTP server. What its own times bound: `connectionTimeout` everything up to the end of STARTTLS,
 * `greetingTimeout` the greeting and the handshake each, `socketTimeout` silence anywhere after it. None of them knows a phase, so the
 * conversation watches those itself (`converse`), and silence may last as long as the longest of them.
 */
export function openTransport(smtpUrl: string, longestMs = LONGEST_MS): MailTransport & { close(): void } {
  const { host, port, isImplicitTls, demandsTls, login } = readSmtpUrl(smtpUrl);
  const pool = createTransport({
    pool: true,
    ...{ host, port, secure: isImplicitTls, requireTLS: demandsTls },
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECTION_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: longestMs.answer,
    ...(login === null ? {} : { auth: login }),
  });
  pool.use('stream', ({ data, message }, done) => {
    const { progress } = data as { progress?: Progress };
    if (progress !== undefined) message.processFunc((stream) => follow(stream, progress));
    done();
  });
  return {
    sendMail: (mail, stop) => {
      const send = (signal: AbortSignal, progress: Progress): Promise<unknown> => {
        const given: object = { ...mail, signal, progress };
        return pool.sendMail(given);
      };
      return converse(send, { longestMs, stop });
    },
    close: () => pool.close(),
  };
}
