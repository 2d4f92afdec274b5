import type { Database, Transaction } from '#lib/database';
import type { Language, Text } from '#lib/kernel';
import type { Templates } from './render.js';

/** The one thing asked of a mail transport. Throws ConversationFailed. */
export interface MailTransport {
  sendMail(mail: Readonly<Record<string, unknown>>, stop?: AbortSignal): Promise<unknown>;
}

export interface MailWork {
  /** Connected as the role worker. */
  readonly database: Database;
  readonly transport: MailTransport;
  readonly templates: Templates;
  /** Sender's address. */
  readonly from: string;
  /** The address of the page on which the recipient goes on; null when there is none. */
  readonly pageOf?: (template: string, about: About | undefined) => string | null;
  /** Name of the process, as leases remember it. */
  readonly worker: string;
  /** How long a claim holds, in seconds; it is renewed three times as often while its mails wait or are being sent. */
  readonly leaseSeconds?: number | undefined;
  /** Told trouble with mail, one line each, without anybody's address. */
  readonly say?: (line: string) => void;
  /** Mails in flight at once. */
  readonly inFlight?: number;
}

/** The subject of a mail, as its writer named it. */
export interface About {
  readonly kind: string;
  readonly id: string;
}

export interface Mail {
  readonly id: string;
  readonly region: string;
  readonly template: string;
  readonly language: Language;
  readonly to_address: string;
  readonly to_name: string;
  readonly view: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, unknown>> | null;
  readonly message_id: string;
  readonly subject: string | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly attempts: number;
  /** How often it began to leave and nobody knows whether it did. */
  readonly lost_leases: number;
  /** It is tried to see whether a relay that refused us takes mail again. */
  readonly isProbe: boolean;
  /** The relay took others since it refused this one, so the refusal is of this one alone. */
  readonly isRefusedAlone: boolean;
  /** The network in whose name it is sent, in the mail's language. */
  readonly sender: string;
  /** Where the desk of the mail's region is reached; null when nothing says it. */
  readonly desk: { readonly name: Text; readonly address: string | null; readonly email: string } | null;
}

export function inRegion<T>(work: MailWork, region: string, act: (tx: Transaction) => Promise<T>): Promise<T> {
  return work.database.unit({ regions: [region], actor: null }, act);
}
