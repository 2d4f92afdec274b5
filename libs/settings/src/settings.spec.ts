import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsAreWrong } from './settings.js';

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

  it('demand database, mail and a long secret in production', () => {
    expect(wrongNames({ NODE_ENV: 'production', SECRET: 'short' })).toEqual(['DATABASE_URL', 'SECRET', 'SMTP_URL']);
  });

  it('treat an empty variable as one that is not given', () => {
    expect(readSettings({ PORT: '' }).PORT).toBe(3000);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true);
  });
});
