import type { MessageIdOptions } from '#lib/engine';

/** What the process that runs this library must say: who signs its mail, and where its pages are. */
export abstract class PeopleOptions {
  abstract readonly messageIds: MessageIdOptions;
  /** Full addresses of the pages behind a link in a mail; built from settings, never from a request's Host header. */
  abstract readonly links: {
    readonly invitation: (token: string) => string;
    readonly party: (token: string) => string;
    readonly offer: (token: string) => string;
    /** Confirms or ends being told when a call opens. */
    readonly opening: (token: string) => string;
    readonly signIn: (token: string) => string;
  };
}
