import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { decide, NOBODY, POLICIES, regionsOf, type Viewer } from './index.js';

const a = (role: Viewer['roles'][number]['role'], region = 'noord'): Viewer => ({
  ...NOBODY,
  id: 'p',
  roles: [{ region, role }],
});

describe('a policy', () => {
  it.each([
    ['public', NOBODY, null, true],
    ['self', NOBODY, null, false],
    ['self', a('member'), null, true],
    ['operate', a('coordinator'), null, false],
    ['operate', a('platform-admin'), null, true],
    ['region-staff', a('secretary'), 'noord', true],
    ['region-staff', a('secretary'), 'zuid', false],
    ['region-staff', a('secretary'), null, false],
    ['region-staff', a('member'), 'noord', false],
  ] as const)('%s decides about %j in %s: %s', (policy, viewer, region, expected) => {
    expect(decide(policy, viewer, region)).toBe(expected);
  });

  it('has one row a name and a reason', () => {
    expect(new Set(POLICIES.map((row) => row.policy)).size).toBe(POLICIES.length);
    expect(POLICIES.every((row) => row.why.endsWith('.'))).toBe(true);
  });
});

it('the regions of a viewer are those of the roles asked about, each once', () => {
  const roles = [...a('chair', 'zuid').roles, ...a('member', 'noord').roles, ...a('chair', 'noord').roles];
  expect(regionsOf({ ...NOBODY, roles })).toEqual(['noord', 'zuid']);
  expect(regionsOf({ ...NOBODY, roles }, ['member'])).toEqual(['noord']);
});
