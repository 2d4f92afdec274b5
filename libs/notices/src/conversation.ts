import type { Readable } from 'node:stream';

/** How far the conversation about a mail came. Only in the last phase nobody knows whether the mail left. */
export type Phase = 'setup' | 'envelope' | 'content' | 'answer';

const MINUTE = 60_000;

/**
 * How long each phase may last: what RFC 5321 (4.5.3.2) asks a client to grant the commands in it, added up, because nodemailer sends them
 * in one go where the relay takes that. Set-up: 30 s to connect, 5 minutes for the greeting, 5 for EHLO, STARTTLS and AUTH. Envelope: 5 minutes
 * for MAIL, 5 for RCPT, 2 for DATA. Content: 3 minutes; our mails are one block. Answer: 10 minutes after the final dot, because a relay
 * that looks for viruses takes its time there, and who gives up too early sends a second copy.
 */
export const LONGEST_MS: Readonly<Record<Phase, number>> = {
  ...{ setup: 10.5 * MINUTE, envelope: 12 * MINUTE, content: 3 * MINUTE, answer: 10 * MINUTE },
};

/** A conversation that ended without the relay's yes. */
export class ConversationFailed extends Error {
  constructor(
    /** Where it was when it ended. */
    readonly phase: Phase,
    readonly reason: unknown,
    /** We broke it off: the phase lasted too long, or the process stops. */
    readonly brokenOff: 'too-long' | 'stopped' | null,
  ) {
    super(reason instanceof Error ? reason.message : String(reason));
  }
}

/** Told when the message is asked for, starts to flow and has flowed whole: the phases after the set-up. */
export type Progress = (phase: Phase) => void;

export interface ConversationOptions {
  readonly longestMs: Readonly<Record<Phase, number>>;
  /** Breaks the conversation off. */
  readonly stop?: AbortSignal | undefined;
}

/** Sends one mail, each phase within its time. Throws ConversationFailed. */
export async function converse(
  send: (signal: AbortSignal, progress: Progress) => Promise<unknown>,
  { longestMs, stop }: ConversationOptions,
): Promise<void> {
  const ending = new AbortController();
  let brokenOff: ConversationFailed['brokenOff'] = null;
  const breakOff = (why: 'too-long' | 'stopped'): void => {
    brokenOff ??= why;
    ending.abort();
  };
  let phase: Phase = 'setup';
  let timer: NodeJS.Timeout | undefined;
  const enter: Progress = (next) => {
    phase = next;
    clearTimeout(timer);
    timer = setTimeout(() => breakOff('too-long'), longestMs[next]);
  };
  const onStop = (): void => breakOff('stopped');
  stop?.addEventListener('abort', onStop, { once: true });
  if (stop?.aborted === true) onStop();
  enter('setup');
  try {
    await send(ending.signal, enter);
  } catch (error) {
    throw new ConversationFailed(phase, error, brokenOff);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', onStop);
  }
}

/**
 * Follows the stream that nodemailer reads a message from. It makes the stream when the connection is ready for MAIL, reads it from the
 * 354 on, and writes the final dot after its end.
 */
export function follow(stream: Readable, progress: Progress): Readable {
  progress('envelope');
  stream.once('resume', () => progress('content'));
  stream.once('end', () => progress('answer'));
  return stream;
}
