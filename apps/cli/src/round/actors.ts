import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#lib/kernel';
import type { StaffRole } from '#lib/access';
import type { Api } from './api.js';
import type { PersonInFile } from './round-file.js';

/** A mail that should have come did not. Look whether a worker runs. */
export class MailDidNotCome extends DomainError {
  readonly code = 'mail-did-not-come';
  constructor(to: string) {
    super(`No mail for ${to} came into the mailbox. Does a worker run?`, { to });
  }
}

/** Somebody who acts in the round, with a key of their own. */
export interface RoundActor {
  readonly id: string;
  readonly token: string;
}

interface Mail {
  readonly id: number;
  readonly text: string;
}

const POLL_MS = 150;
const PATIENCE_MS = 60_000;
const TOKEN_DAYS = 30;

/** The people of a round, who come in by invitation and act with tokens of their own. Tokens are kept for a next run (mode 0600). */
export class Actors {
  private readonly tokens: Record<string, string>;

  constructor(
    private readonly api: Api,
    private readonly inviter: string,
    private readonly region: string,
    private readonly file: string,
  ) {
    this.tokens = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  }

  /** Lets a person come in with these roles, unless an earlier run did. */
  async bring(person: PersonInFile, roles: readonly StaffRole[]): Promise<RoundActor> {
    const kept = this.tokens[person.email];
    const known = kept === undefined ? null : await this.whoIs(kept);
    if (known !== null && kept !== undefined) return { id: known, token: kept };
    const token = await this.comeIn(person, roles);
    this.tokens[person.email] = token;
    this.keep();
    return { id: (await this.whoIs(token)) ?? '', token };
  }

  private async whoIs(token: string): Promise<string | null> {
    try {
      return (await this.api.get<{ id: string }>('/me', { token })).id;
    } catch (error) {
      if ((error as { status?: number }).status === 401) return null;
      throw error;
    }
  }

  /** By the mailed invitation; who has an account already signs in by a mailed link. */
  private async comeIn({ email, name, language = 'nl' }: PersonInFile, roles: readonly StaffRole[]): Promise<string> {
    const before = await this.newestMail(email);
    const invitation = { email, name, language, roles };
    await this.api.post(`/regions/${this.region}/invitations`, { token: this.inviter, body: invitation });
    const token = await this.secretFrom(email, before, 'uitnodiging');
    const { hasAccount } = await this.api.post<{ hasAccount: boolean }>('/invitations/read', { body: { token } });
    const password = randomBytes(18).toString('base64url');
    const body = hasAccount ? { token } : { token, password };
    const accepted = await this.api.send('POST', '/invitations/accept', { body });
    const cookie = hasAccount ? await this.signInByLink(email) : cookieOf(accepted.headers);
    const made = { name: 'round run', days: TOKEN_DAYS };
    return (await this.api.post<{ token: string }>('/me/tokens', { cookie, body: made })).token;
  }

  private async signInByLink(email: string): Promise<string> {
    const before = await this.newestMail(email);
    await this.api.post('/sign-in-links', { body: { email } });
    const token = await this.secretFrom(email, before, 'inloggen/link');
    return cookieOf((await this.api.send('POST', '/sessions/by-link', { body: { token } })).headers);
  }

  private async newestMail(to: string): Promise<number> {
    const [newest] = await this.mailsFor(to);
    return newest?.id ?? 0;
  }

  private mailsFor(to: string): Promise<Mail[]> {
    return this.api.get<Mail[]>(`/mailbox?to=${encodeURIComponent(to)}`);
  }

  /** The secret of a link in a mail that came after `after`. Throws MailDidNotCome. */
  private async secretFrom(to: string, after: number, page: string): Promise<string> {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const found = (await this.mailsFor(to)).filter(({ id }) => id > after).map(({ text }) => text);
      const secret = found
        .map((text) => new RegExp(`/${page}/([\\w-]+)`).exec(text)?.[1])
        .find((one) => one !== undefined);
      if (secret !== undefined) return secret;
      await sleep(POLL_MS);
    }
    throw new MailDidNotCome(to);
  }

  private keep(): void {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(this.tokens, null, 2), { mode: 0o600 });
  }
}

function cookieOf(headers: Headers): string {
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}
