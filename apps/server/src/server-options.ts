import type { IssuedDocuments } from '#app/worker';
import type { ApiSite } from './edge/api-document.js';
import type { FileParts } from './attachments/file-parts.js';
import type { Database } from '#lib/database';
import type { Mailbox } from '#lib/notices';
import type { Engine, MessageIdOptions } from '#lib/engine';
import type { PeopleOptions } from '#lib/people';
import type { FrozenRules } from '#lib/regulation';

/** The engine of a round and the frozen rules it judges by. */
export interface RoundParts {
  readonly engine: Engine;
  readonly frozen: FrozenRules;
  readonly messageIds: MessageIdOptions;
  /** What was issued, from its store. */
  readonly documents: IssuedDocuments;
}

export interface ServerOptions {
  readonly database: Database;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** True behind https: the session cookie then carries the __Host- prefix. */
  readonly isHttps: boolean;
  /** What the document of the API says of this installation. */
  readonly site?: ApiSite | undefined;
  /** Addresses and networks of proxies that say for whom they ask; nobody else is believed. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly people: PeopleOptions;
  readonly round: RoundParts;
  /** The routes of attachments exist only with it. */
  readonly files?: FileParts | undefined;
  /** The mailbox of development; its routes exist only with it. */
  readonly mailbox?: Mailbox | undefined;
}
