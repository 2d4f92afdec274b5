import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** What a relay does at a step of the conversation: a reply, or `silence`, or `hang-up`. */
type Step = string;
type StepName = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'message';
type Answer = Step | ((line: string) => Step | Promise<Step>);
export type Script = Partial<Record<StepName, Answer>>;

/** A relay whose every answer a test writes; it can be rewritten while it runs. */
export interface ScriptedRelay {
  readonly url: string;
  readonly port: number;
  script: Script;
  /** Message-IDs of messages that came whole, whatever was answered. */
  readonly received: string[];
  /** Recipients that were named, in order. */
  readonly asked: string[];
  /** The most connections at once so far. */
  most: number;
  open: number;
  close(): Promise<void>;
}

const USUAL: Readonly<Record<StepName, Step>> = {
  ...{ greeting: '220 relay.example ESMTP', EHLO: '250-relay.example\r\n250 ENHANCEDSTATUSCODES' },
  ...{ MAIL: '250 2.1.0 Ok', RCPT: '250 2.1.5 Ok', DATA: '354 Go on', message: '250 2.0.0 Ok' },
};

export async function openScriptedRelay(script: Script = {}): Promise<ScriptedRelay> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    relay.open += 1;
    relay.most = Math.max(relay.most, relay.open);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      relay.open -= 1;
    });
    void converse(socket, relay).catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const relay: ScriptedRelay = {
    ...{ url: `smtp://127.0.0.1:${port}`, port, script, received: [], asked: [], most: 0, open: 0 },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return relay;
}

async function converse(socket: Socket, relay: ScriptedRelay): Promise<void> {
  const say = async (name: StepName, line: string): Promise<string> => {
    const answer = relay.script[name] ?? USUAL[name];
    const step = typeof answer === 'string' ? answer : await answer(line);
    if (step === 'hang-up') socket.destroy();
    else if (step !== 'silence') socket.write(`${step}\r\n`);
    return step;
  };
  await say('greeting', '');
  let rest = '';
  let isMessage = false;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    rest += chunk.toString();
    for (;;) {
      const end = rest.indexOf(isMessage ? '\r\n.\r\n' : '\r\n');
      if (end < 0) break;
      const line = rest.slice(0, end);
      rest = rest.slice(end + (isMessage ? 5 : 2));
      if (isMessage) {
        relay.received.push(/^message-id:\s*(<[^>]+>)/im.exec(line)?.[1] ?? '');
        isMessage = false;
        await say('message', line);
      } else isMessage = await command(line, { socket, relay, say });
    }
  }
}

interface Talk {
  readonly socket: Socket;
  readonly relay: ScriptedRelay;
  readonly say: (name: StepName, line: string) => Promise<string>;
}

/** Returns whether the message itself follows. */
async function command(line: string, { socket, relay, say }: Talk): Promise<boolean> {
  const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
  if (verb === 'RCPT') relay.asked.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
  if (verb === 'EHLO' || verb === 'MAIL' || verb === 'RCPT') await say(verb, line);
  else if (verb === 'DATA') return (await say('DATA', line)).startsWith('354');
  else if (verb === 'QUIT') socket.end('221 2.0.0 Bye\r\n');
  else if (verb === 'RSET') socket.write('250 2.0.0 Ok\r\n');
  else socket.write('502 5.5.1 Unknown\r\n');
  return false;
}
