import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { StaffRole, Viewer } from '#lib/access';
import { AssignRoleDto, CreateApiTokenDto, InvitePersonDto, SignInDto, PEOPLE_MESSAGES } from './index.js';
import * as errors from './people-errors.js';
import * as mandates from './mandates/mandate-errors.js';
import { OrganisationKnownAlready } from './organisations/organisation-errors.js';
import { hashPassword, verifyPassword } from './passwords/hash-password.js';
import { inetOf } from './passwords/password-check.js';
import { assertAcceptable } from './passwords/password-rules.js';
import { assertMayGrant, assertMayInvite, SYSTEM } from './role-grants.js';
import { csrfTokenOf, isCsrfToken, newSecret } from './secrets.js';

const OWNER = { email: 'annemiek.jansen@school.example', name: 'Annemiek Jansen' };

describe('a password', () => {
  it.each([
    'vier losse woorden samen',
    'kg7!kq2#wz9$',
    'ananassen eten in Assen',
    '漢字漢字仮名交文節水火',
    '🐎🔋📎🌷🚲🧀⛵🎻🪁🧭🪵🛠',
  ])('may be %s: length counts, composition does not', (password) => {
    const long = password.length < 12 ? `${password}。` : password;
    expect(() => assertAcceptable(long, OWNER)).not.toThrow();
  });

  it.each([
    ['elf tekens!', 'password-too-short'],
    ['🐎🔋📎🌷🚲🧀', 'password-too-short'],
    ['x'.repeat(150) + 'y'.repeat(51), 'password-too-long'],
    ['Wachtwoord123!', 'password-too-common'],
    ['welkom2026!!!', 'password-too-common'],
    ['passwordpassword', 'password-too-common'],
    ['Regioloket2026', 'password-too-common'],
    ['123456789012', 'password-too-common'],
    ['abcdefghijklm', 'password-too-common'],
    ['210987654321', 'password-too-common'],
    ['aaaaaaaaaaaa', 'password-too-common'],
    ['12341234123412', 'password-too-common'],
    ['Annemiek.Jansen1', 'password-too-common'],
    ['annemiek.jansen@school.example', 'password-too-common'],
  ])('may not be %s (%s)', (password, code) => {
    expect(() => assertAcceptable(password, OWNER)).toThrow(expect.objectContaining({ code }));
  });

  it('is kept as argon2id with 19 MiB, two passes and one lane, and found again however é was typed', async () => {
    const stored = await hashPassword('café aan de overkant');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, 'cafe\u0301 aan de overkant')).toBe(true);
    expect(await verifyPassword(stored, 'cafe aan de overkant')).toBe(false);
    expect(await verifyPassword(null, 'café aan de overkant')).toBe(false);
  });
});

describe('who may give a role', () => {
  const a = (role: StaffRole, region = 'noord'): Viewer => ({ ...SYSTEM, id: 'me', roles: [{ region, role }] });
  const gives =
    (viewer: Viewer, role: StaffRole, region = 'noord', personId: string | null = null) =>
    () =>
      assertMayGrant(viewer, { region, role, personId });

  it('a coordinator names chair, secretary and members of the own region, nobody elsewhere', () => {
    for (const role of ['member', 'chair', 'secretary'] as const) expect(gives(a('coordinator'), role)).not.toThrow();
    expect(gives(a('coordinator'), 'member', 'zuid')).toThrow(errors.MayNotGrantRole);
  });

  it('whoever prepares cases does not name who decides on them, nor rises above the region', () => {
    for (const role of ['decider', 'national-office', 'auditor', 'platform-admin'] as const)
      for (const by of ['member', 'chair', 'secretary', 'coordinator', 'decider'] as const)
        expect(gives(a(by), role)).toThrow(errors.MayNotGrantRole);
  });

  it('nobody gives a role to themselves, not even an administrator', () => {
    expect(gives(a('platform-admin', 'landelijk'), 'member', 'noord', 'me')).toThrow(errors.MayNotGrantRole);
    expect(gives(a('platform-admin', 'landelijk'), 'member', 'noord', 'you')).not.toThrow();
  });

  it('a member invites nobody', () => {
    expect(() => assertMayInvite(a('member'), 'noord')).toThrow(errors.MayNotInvite);
    expect(() => assertMayInvite(a('secretary'), 'noord')).not.toThrow();
    expect(() => assertMayInvite(a('secretary'), 'zuid')).toThrow(errors.MayNotInvite);
  });
});

describe('a secret', () => {
  it('has 256 random bits and its prefix, and never comes twice', () => {
    const secrets = Array.from({ length: 100 }, () => newSecret('rlk_').secret);
    expect(new Set(secrets).size).toBe(100);
    expect(secrets.every((secret) => /^rlk_[\w-]{43}$/.test(secret))).toBe(true);
  });

  it('of one session makes form tokens that no other session accepts', () => {
    expect(isCsrfToken('mine', csrfTokenOf('mine'))).toBe(true);
    expect(isCsrfToken('mine', csrfTokenOf('yours'))).toBe(false);
    expect(isCsrfToken('mine', '')).toBe(false);
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unknown', '0.0.0.0'],
])('the client address %s is throttled as %s', (given, inet) => {
  expect(inetOf(given)).toBe(inet);
});

it('every error has a message in Dutch and English, and no message is without an error', () => {
  const made = [
    ...[new errors.SignInFailed(), new errors.TooManyAttempts(15), new errors.SignInLinkNotValid()],
    ...[new errors.InvitationNotValid(), new errors.CurrentPasswordWrong(), new errors.MayNotGrantRole('', '')],
    ...[new errors.MayNotInvite(''), new errors.RoleHeldAlready('', ''), new errors.RoleEndsBeforeItStarts('', '')],
    ...[new errors.AccountExists(), new errors.MayNotDisableYourself(), new errors.LastAdministrator()],
    ...[new mandates.MandateNeedsEvidence(), new mandates.MayNotNameSignatory(), new mandates.MayNotMandateYourself()],
    ...[
      new mandates.SchoolOfAnotherBoard([], ''),
      new mandates.MandateEndsBeforeItStarts(),
      new OrganisationKnownAlready(''),
    ],
    ...(['too-short', 'too-long', 'too-common'] as const).map((f) => new errors.PasswordNotAcceptable(f, {})),
  ];
  expect(made.map(({ code }) => code).sort()).toEqual(Object.keys(PEOPLE_MESSAGES).sort());
});

describe('what comes in', () => {
  const faults = (type: new () => object, body: object): string[] =>
    validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true }).map((e) => e.property);
  const invitation = { email: ' a@b.example ', name: 'A', language: 'nl', roles: ['member'] };

  it('is accepted when it is right', () => {
    expect(faults(InvitePersonDto, invitation)).toEqual([]);
    expect(faults(SignInDto, { email: 'a@b.example', password: ' ' })).toEqual([]);
    expect(faults(CreateApiTokenDto, { name: 'x', days: 365 })).toEqual([]);
  });

  it.each([
    [{ email: '"a b"@b.example' }, 'email'],
    [{ email: 'a@b.example,c@d.example' }, 'email'],
    [{ name: 'A\r\nBcc: x@y.example' }, 'name'],
    [{ language: 'de' }, 'language'],
    [{ roles: ['king'] }, 'roles'],
    [{ roles: ['member', 'member'] }, 'roles'],
    [{ isAdmin: true }, 'isAdmin'],
  ])('is refused when an invitation holds %j', (more, field) => {
    expect(faults(InvitePersonDto, { ...invitation, ...more })).toEqual([field]);
  });

  it('is refused when the first instant of a role has no offset', () => {
    const role = { personId: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e', role: 'member', from: '2027-01-01T00:00' };
    expect(faults(AssignRoleDto, role)).toEqual(['from']);
    expect(faults(AssignRoleDto, { ...role, from: '2027-01-01T00:00:00Z' })).toEqual([]);
  });
});
