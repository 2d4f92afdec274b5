import { describe, expect, it } from '@jest/globals';
import { ConversationFailed, type Phase } from './conversation.js';
import { verdictOn } from './verdict.js';

const refused = (phase: Phase, command: string, response: string): string => {
  const reason = Object.assign(new Error('refused'), { command, response, responseCode: Number(response.slice(0, 3)) });
  const { blame, reason: why } = verdictOn(new ConversationFailed(phase, reason, null));
  return `${blame} ${why}`;
};
const broken = (phase: Phase, error: object, brokenOff: 'too-long' | 'stopped' | null = null): string => {
  const { blame, reason } = verdictOn(new ConversationFailed(phase, Object.assign(new Error('x'), error), brokenOff));
  return `${blame} ${reason}`;
};

describe('a refusal', () => {
  // The replies are those of Postfix 3.7, Exim and Microsoft 365.
  it.each([
    [
      'RCPT TO',
      '550 5.1.1 <a@x.nl>: Recipient address rejected: User unknown in local recipient table',
      'recipient address',
    ],
    ['RCPT TO', '550-5.1.1 The email account does not exist.\n550 5.1.1 Look again', 'recipient address'],
    ['RCPT TO', '556 5.1.10 Recipient address has null MX', 'recipient address'],
    ['RCPT TO', '552 5.2.2 Mailbox full', 'recipient mailbox-full'],
    ['RCPT TO', '550 5.2.1 Mailbox disabled', 'recipient mailbox'],
    ['RCPT TO', '554 5.7.1 <a@x.nl>: Relay access denied', 'relay refused'],
    ['RCPT TO', '554 5.7.1 <unknown[10.0.0.1]>: Client host rejected: Access denied', 'relay refused'],
    ['RCPT TO', '553 5.7.1 <l@x.nl>: Sender address rejected: not owned by user', 'relay refused'],
    ['RCPT TO', '504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname', 'relay refused'],
    ['RCPT TO', '550 5.1.8 <l@x.nl>: Sender address rejected: Domain not found', 'relay sender'],
    ['RCPT TO', '550 5.4.1 Recipient address rejected: Access denied', 'relay refused'],
    ['RCPT TO', '550 No such user here', 'recipient address'],
    ['RCPT TO', '551 User not local', 'recipient address'],
    ['RCPT TO', '553 Mailbox name not allowed', 'recipient address'],
    ['RCPT TO', '552 Too many recipients', 'later mailbox-full'],
    ['RCPT TO', '554 Go away', 'relay refused'],
    ['RCPT TO', '450 4.2.0 Greylisted', 'later deferred'],
    ['RCPT TO', '421 4.7.0 Too many connections', 'busy busy'],
    ['MAIL FROM', '530 5.7.0 Must issue a STARTTLS command first', 'relay sender'],
    ['MAIL FROM', '550 5.1.1 Unknown sender', 'relay sender'],
    ['MAIL FROM', '552 5.3.4 Message size exceeds fixed limit', 'mail too-large'],
    ['MAIL FROM', '552 Too large', 'mail too-large'],
    ['DATA', '554 5.5.1 No valid recipients', 'relay refused'],
  ])('at %s: %s', (command, response, verdict) => expect(refused('envelope', command, response)).toBe(verdict));

  it.each([
    ['552 5.3.4 Message too big', 'mail too-large'],
    ['554 Transaction failed', 'mail content'],
    ['550 5.6.0 Headers', 'mail content'],
    ['550 5.7.26 Unauthenticated mail is not accepted due to DMARC policy', 'relay refused'],
    ['451 4.3.0 Try again', 'later deferred'],
  ])('of the message: %s', (response, verdict) => expect(refused('answer', 'DATA', response)).toBe(verdict));

  it.each([
    ['AUTH PLAIN', '535 5.7.8 Authentication failed', 'relay refused'],
    ['CONN', '554 5.7.1 Go away', 'relay refused'],
    ['CONN', '421 4.3.2 Too many connections', 'busy busy'],
    ['EHLO', '451 Later', 'relay refused'],
  ])('before a mail is spoken of, at %s: %s', (command, response, verdict) =>
    expect(refused('setup', command, response)).toBe(verdict),
  );
});

describe('a failure without a reply', () => {
  it.each<[string, string, Phase, object, 'too-long' | 'stopped' | null]>([
    ['an address nobody can write to', 'recipient address', 'envelope', { code: 'EENVELOPE', command: 'API' }, null],
    [
      'a message larger than the relay takes',
      'mail too-large',
      'envelope',
      { code: 'EMESSAGE', command: 'MAIL FROM' },
      null,
    ],
    ['a relay that is away', 'relay unreachable', 'setup', { code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, null],
    [
      'a certificate of its own',
      'relay certificate',
      'setup',
      { code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      null,
    ],
    ['no STARTTLS where it is demanded', 'relay tls', 'setup', { code: 'ETLS' }, null],
    ['no password', 'relay sign-in', 'setup', { code: 'EAUTH' }, null],
    ['a connection that broke within the envelope', 'later broken-off', 'envelope', { code: 'ECONNECTION' }, null],
    ['silence after the final dot', 'doubt no-answer', 'answer', {}, 'too-long'],
    ['a stop after the final dot', 'doubt-stopped no-answer', 'answer', {}, 'stopped'],
    ['a stop before it', 'stopped stopped', 'content', {}, 'stopped'],
  ])('%s: %s', (_, verdict, phase, error, brokenOff) => expect(broken(phase, error, brokenOff)).toBe(verdict));

  it('is told without anybody’s address', () => {
    const reason = Object.assign(new Error('x'), {
      command: 'RCPT TO',
      response: '550 5.1.1 <jan@x.nl>: jan@x.nl unknown',
      responseCode: 550,
    });
    expect(verdictOn(new ConversationFailed('envelope', reason, null)).said).toBe(
      'envelope RCPT TO: 550 5.1.1 <…>: <…> unknown',
    );
  });
});
