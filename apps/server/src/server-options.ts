import type { Database } from '#lib/database';
import type { Mailbox } from '#lib/notices';
import type { PeopleOptions } from '#lib/people';

export interface ServerOptions {
  readonly database: Database;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** True behind https: the session cookie then carries the __Host- prefix. */
  readonly isHttps: boolean;
  readonly people: PeopleOptions;
  /** The mailbox of development; its routes exist only with it. */
  readonly mailbox?: Mailbox | undefined;
}
