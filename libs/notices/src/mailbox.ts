import { createServer } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail that the development mailbox received. */
export interface ReceivedMail {
  readonly id: number;
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MOST = 5_000;

/** A real SMTP server on loopback that keeps the last mails in memory: development looks into it instead of sending. */
export class Mailbox {
  private readonly mails: ReceivedMail[] = [];
  private count = 0;

  private constructor(
    private readonly server: SMTPServer,
    readonly smtpUrl: string,
  ) {}

  static async open(): Promise<Mailbox> {
    const port = await anyPort();
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, session, done) => {
        simpleParser(stream).then(
          ({ messageId = '', subject = '', text = '', html }) => {
            for (const { address: to } of session.envelope.rcptTo)
              mailbox.keep({ messageId, to, subject, text, html: typeof html === 'string' ? html : '' });
            done();
          },
          (error: unknown) => done(error as Error),
        );
      },
    });
    const mailbox = new Mailbox(server, `smtp://127.0.0.1:${port}`);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return mailbox;
  }

  /** Newest first; of one recipient when an address is given. */
  list(to?: string): readonly ReceivedMail[] {
    const wanted = to?.toLowerCase();
    return this.mails.filter((mail) => wanted === undefined || mail.to.toLowerCase() === wanted).reverse();
  }

  find(id: number): ReceivedMail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private keep(mail: Omit<ReceivedMail, 'id'>): void {
    this.count += 1;
    this.mails.push({ id: this.count, ...mail });
    if (this.mails.length > MOST) this.mails.shift();
  }
}

function anyPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
