import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes its time and remembers the Message-ID of every copy. */
export interface SlowSink {
  readonly url: string;
  readonly received: readonly string[];
  close(): Promise<void>;
}

export async function openSlowSink(port: number, delayMs: number): Promise<SlowSink> {
  const received: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      void receive(stream, received, delayMs).then(
        () => done(),
        // The sender died in the middle of the message.
        () => done(new Error('broken off')),
      );
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function receive(stream: NodeJS.ReadableStream, received: string[], delayMs: number): Promise<void> {
  const source = await text(stream);
  await sleep(delayMs);
  received.push(/^message-id:\s*(<[^>]+>)/im.exec(source)?.[1] ?? '');
}
