import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';
import { SettingsAreWrong } from './wrong-settings.js';
import { readSmtpUrl } from './smtp-url.js';

const wrongNames = (environment: Record<string, string>): string[] => {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsAreWrong) return error.wrong.map((w) => w.name).sort();
    throw error;
  }
};

describe('settings', () => {
  it('need nothing at all for a first start', () => {
    expect(readSettings({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, NODE_ENV: 'development' });
  });

  it('name every wrong one at once', () => {
    const environment = { PORT: 'many', REDIS_URL: 'http://x', SMTP_URL: 'mail', LOG_LEVEL: 'loud' };
    expect(wrongNames(environment)).toEqual(['LOG_LEVEL', 'PORT', 'REDIS_URL', 'SMTP_URL']);
  });

  it.each([
    ['tcp://127.0.0.1:3310', []],
    ['unix:/run/clamav/clamd.ctl', []],
    ['http://127.0.0.1:3310', ['CLAMD_URL']],
    ['tcp://clamav', ['CLAMD_URL']],
  ])('know where a virus scanner can be: %s', (CLAMD_URL, wrong) => expect(wrongNames({ CLAMD_URL })).toEqual(wrong));

  it.each([
    ['uniquelocal', []],
    ['127.0.0.1,10.0.0.0/8,fd00::/8,::1', []],
    ['proxy.example', ['TRUSTED_PROXIES']],
    ['10.0.0.0/8, *', ['TRUSTED_PROXIES']],
  ])('know which proxies are believed: %s', (TRUSTED_PROXIES, wrong) =>
    expect(wrongNames({ TRUSTED_PROXIES })).toEqual(wrong),
  );

  it.each([
    ['smtp://relay.example', []],
    ['smtp://relay.example:2525/?requireTLS=true', []],
    ['smtps://me:secret@relay.example', []],
    ['smtp://relay.example?tls=required', ['SMTP_URL']],
    ['smtp://relay.example?requireTLS=yes', ['SMTP_URL']],
    ['smtp://relay.example/starttls', ['SMTP_URL']],
  ])('know how the mail relay is named, and refuse a choice they do not know: %s', (SMTP_URL, wrong) =>
    expect(wrongNames({ SMTP_URL })).toEqual(wrong),
  );

  it.each([
    ['smtp://me:secret@relay.example', true],
    ['smtp://me:secret@relay.example?plaintextAuth=true', false],
    ['smtp://me:secret@127.0.0.1:2525', false],
    ['smtp://relay.example', false],
    ['smtp://relay.example?requireTLS=true', true],
    ['smtps://me:secret@relay.example', false],
  ])('let no password go in clear unless it stays here or that is said: %s demands STARTTLS: %s', (url, demands) =>
    expect(readSmtpUrl(url).demandsTls).toBe(demands),
  );

  it('demand database, mail and a long secret in production', () => {
    expect(wrongNames({ NODE_ENV: 'production', SECRET: 'short' })).toEqual([
      'DATABASE_URL',
      'MAIL_FROM',
      'SECRET',
      'SMTP_URL',
    ]);
  });

  it.each([
    ['https://loket.example', 'https://loket.example'],
    ['https://loket.example/', 'https://loket.example'],
    ['http://[::1]:3000//', 'http://[::1]:3000'],
  ])('take the address of the site without a slash at its end: %s', (PUBLIC_URL, taken) =>
    expect(readSettings({ PUBLIC_URL }).PUBLIC_URL).toBe(taken),
  );

  it.each([
    'https://x.example/loket',
    'https://x.example/?a=b',
    'https://x.example#a',
    'https://u:p@x.example',
    'x.nl',
  ])('refuse an address of the site that pages cannot be served at, and say what to do: %s', (PUBLIC_URL) => {
    expect(wrongNames({ PUBLIC_URL })).toEqual(['PUBLIC_URL']);
    expect(() => readSettings({ PUBLIC_URL })).toThrow(/a host name of their own/);
  });

  it.each([
    ['DATABASE_OWNER_URL', 'postgres://u:p@one.example,two.example:5432/x', 'one host'],
    ['DATABASE_OWNER_URL', 'postgres://u:p@one.example:5432,two.example:5432/x', 'one host'],
    ['SMTP_URL', 'smtp://[::1]', 'IPv6'],
    ['SMTP_URL', 'smtp://one.example,two.example', 'name of the host'],
  ])('refuse at once what would fail later: %s=%s', (name, value, says) => {
    expect(wrongNames({ [name]: value })).toEqual([name]);
    expect(() => readSettings({ [name]: value })).toThrow(says);
  });

  it.each([
    ['DATABASE_OWNER_URL', 'postgres://u:p%2Fq,r@[::1]:5432/x?sslmode=verify-full'],
    ['DATABASE_OWNER_URL', 'postgresql:///x?host=/run/postgresql'],
    ['SMTP_URL', 'smtp://user:a,b@relay.example:25/?requireTLS=true'],
  ])('take other ways to write an address: %s=%s', (name, value) => expect(wrongNames({ [name]: value })).toEqual([]));

  it('treat an empty variable as one that is not given', () => {
    expect(readSettings({ PORT: '' }).PORT).toBe(3000);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true);
  });
});
