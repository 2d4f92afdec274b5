import type { Text } from '#lib/kernel';

/** The mail relay as SMTP_URL names it. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly isImplicitTls: boolean;
  /** Nothing is sent, and nobody signs in, before STARTTLS has succeeded. */
  readonly demandsTls: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3})$/;
/** Whatever else stands behind `?` was meant to do something, so it is refused instead of ignored. */
const CHOICES: ReadonlySet<string> = new Set(['requireTLS', 'plaintextAuth']);

/** What is wrong with the choices behind an address of the right form; null when all of them are known. */
export function smtpUrlFault(value: string): Text | null {
  const url = new URL(value);
  const path = `${url.pathname === '/' ? '' : url.pathname}${url.hash}`;
  const unknown = [...url.searchParams.keys()].filter((name) => !CHOICES.has(name));
  const unclear = [...url.searchParams.values()].some((choice) => choice !== 'true' && choice !== 'false');
  if (path === '' && unknown.length === 0 && !unclear) return null;
  return {
    nl: 'Achter de server mag alleen ?requireTLS=true of ?plaintextAuth=true staan.',
    en: 'Only ?requireTLS=true or ?plaintextAuth=true may follow the host.',
  };
}

/**
 * Reads an address without a fault. A name and a password go over an encrypted connection only, unless the relay is on this machine or
 * `plaintextAuth=true` says that they may go in clear.
 */
export function readSmtpUrl(value: string): SmtpAddress {
  const url = new URL(value);
  const host = url.hostname;
  const isImplicitTls = url.protocol === 'smtps:';
  const says = (choice: string): boolean => url.searchParams.get(choice) === 'true';
  const login =
    url.username === '' ? null : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const mayBeRead = login === null || LOOPBACK.test(host) || says('plaintextAuth');
  return {
    ...{ host, port: Number(url.port) || (isImplicitTls ? 465 : 587), isImplicitTls, login },
    demandsTls: !isImplicitTls && (says('requireTLS') || !mayBeRead),
  };
}
