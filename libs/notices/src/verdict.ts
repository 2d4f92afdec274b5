import { ConversationFailed } from './conversation.js';
import { MailCannotBeRendered } from './render.js';

/**
 * Whose fault a failure is. `recipient`, `mail`: certain, and the same mail would meet it again. `relay`: of the set-up between us and the relay,
 * so every mail meets it. `busy`: too many connections. `later`: of the moment. `doubt`: it may have left. `stopped`: we broke it off.
 */
export type Blame = 'recipient' | 'mail' | 'relay' | 'busy' | 'later' | 'doubt' | 'doubt-stopped' | 'stopped';

export interface Verdict {
  readonly blame: Blame;
  /** Code of the reason, as tasks and pages tell it in words. */
  readonly reason: string;
  /** What was said, for who operates: without anybody's address. */
  readonly said: string;
}

/** What nodemailer tells of a failure. */
interface SmtpError {
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
  readonly code?: string;
  readonly originalCode?: string;
  readonly message?: string;
}

type Judged = readonly [Blame, string];

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;
/** The address of the sender: the second and third of 5.1 that are not about the recipient (RFC 3463, 3.2). */
const ABOUT_SENDER: ReadonlySet<string> = new Set(['5.1.7', '5.1.8']);

const UNSAID = '5.0.0';

/** Judges a failure by its phase, its enhanced status code (RFC 3463) and its reply code (RFC 5321), in this order. */
export function verdictOn(failure: unknown): Verdict {
  if (failure instanceof MailCannotBeRendered) return { blame: 'mail', reason: 'rendering', said: failure.code };
  // Our own database, say: nothing was said to a relay.
  if (!(failure instanceof ConversationFailed)) return { blame: 'later', reason: 'broken-off', said: 'not begun' };
  const [blame, reason] = judged(failure);
  return { blame, reason, said: saidIn(failure) };
}

function judged({ phase, brokenOff, reason }: ConversationFailed): Judged {
  const reply = reason as SmtpError;
  const { responseCode: code } = reply;
  if (phase === 'answer' && code === undefined)
    return [brokenOff === 'stopped' ? 'doubt-stopped' : 'doubt', 'no-answer'];
  if (brokenOff === 'stopped') return ['stopped', 'stopped'];
  if (code === 421) return ['busy', 'busy'];
  if (phase === 'setup') return ['relay', setupFault(reply)];
  if (code === undefined) return withoutReply(reply);
  return code < 500 ? ['later', 'deferred'] : refusal(reply, phase === 'envelope');
}

/** Before MAIL nothing speaks of a mail, whatever the code. */
function setupFault({ code = '', originalCode = '', message = '', responseCode }: SmtpError): string {
  if (CERTIFICATE.test(originalCode) || /certificate|altnames/i.test(message)) return 'certificate';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'sign-in';
  if (code === 'ETLS') return 'tls';
  return responseCode === undefined ? 'unreachable' : 'refused';
}

/** nodemailer refuses by itself an address that it cannot write, and a message larger than the relay says it takes. */
function withoutReply({ code, command, message = '' }: SmtpError): Judged {
  if (code === 'EENVELOPE' && command === 'API')
    return /sender/i.test(message) ? ['relay', 'sender'] : ['recipient', 'address'];
  if (code === 'EMESSAGE') return ['mail', 'too-large'];
  return ['later', 'broken-off'];
}

/**
 * A permanent refusal. Certain are 5.1 (address), 5.2 (mailbox), 5.3.4 and 5.6 (this message). Postfix refuses us at RCPT TO with 554 5.7.1 and 504 5.5.2,
 * just as it refuses an unknown user there with 550 5.1.1: the rest may be about us, so no mail is lost for it.
 */
function refusal(reply: SmtpError, isEnvelope: boolean): Judged {
  const enhanced = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(reply.response ?? '')?.[1] ?? UNSAID;
  if (enhanced === '5.3.4') return ['mail', 'too-large'];
  if (enhanced.startsWith('5.6.')) return ['mail', 'content'];
  if (reply.command === 'MAIL FROM') return reply.responseCode === 552 ? ['mail', 'too-large'] : ['relay', 'sender'];
  if (enhanced === UNSAID) return isEnvelope ? bareRefusal(reply) : ['mail', 'content'];
  return aboutRecipient(enhanced) ?? ['relay', ABOUT_SENDER.has(enhanced) ? 'sender' : 'refused'];
}

function aboutRecipient(enhanced: string): Judged | null {
  if (ABOUT_SENDER.has(enhanced)) return null;
  if (enhanced.startsWith('5.1.')) return ['recipient', 'address'];
  if (!enhanced.startsWith('5.2.')) return null;
  return ['recipient', enhanced === '5.2.2' ? 'mailbox-full' : 'mailbox'];
}

/**
 * Without an enhanced code, RFC 5321 (4.2.3) has 550, 551 and 553 speak of the mailbox, and asks to take 552 for "not now" at RCPT (4.5.3.1.10). A bare
 * 554 or 50x speaks of the session.
 */
function bareRefusal({ command, responseCode }: SmtpError): Judged {
  if (command !== 'RCPT TO') return ['relay', 'refused'];
  if (responseCode === 552) return ['later', 'mailbox-full'];
  return responseCode === 550 || responseCode === 551 || responseCode === 553
    ? ['recipient', 'address']
    : ['relay', 'refused'];
}

const MOST_SAID = 200;

function saidIn({ phase, brokenOff, reason }: ConversationFailed): string {
  const { code, originalCode, command, response, message } = reason as SmtpError;
  const words = brokenOff ?? response ?? message ?? 'unknown';
  const known = [phase, command, originalCode ?? code].filter((part) => part !== undefined).join(' ');
  return `${known}: ${words.replace(/<[^>]*>|\S+@\S+/g, '<…>').replace(/\s+/g, ' ')}`.slice(0, MOST_SAID);
}
