import { createTransport } from 'nodemailer';
import type { MailTransport } from './send-due-mail.js';

const CONNECTIONS = 5;
const TIMEOUT_MS = 20_000;

/** nodemailer's pool on an SMTP server. A second recipient never waits behind a first one's timeout for long. */
export function openTransport(smtpUrl: string): MailTransport & { close(): void } {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  return createTransport({
    pool: true,
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    maxConnections: CONNECTIONS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  });
}
