/** A mail of the development mailbox. */
export interface Mailed {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Addresses in the text of a mail. */
export function linksIn({ text }: Pick<Mailed, 'text'>): readonly string[] {
  return text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
}

/** Follows what was mailed as the people it was mailed to would: by their password, or by a link that is mailed to them. */
export class MailFollower {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly passwords: ReadonlyMap<string, string>,
  ) {}

  async mails(to?: string): Promise<readonly Mailed[]> {
    const asked = to === undefined ? '' : `?to=${encodeURIComponent(to)}`;
    return (await (await fetch(`${this.url}/api/v1/mailbox${asked}`)).json()) as readonly Mailed[];
  }

  /** The answer to a link, without following where it sends on. */
  async follow(link: string, reader: string | null): Promise<Response> {
    const cookie = reader === null ? '' : await this.cookieOf(reader);
    return fetch(link, { redirect: 'manual', headers: { cookie, 'accept-language': 'nl' } });
  }

  private async cookieOf(reader: string): Promise<string> {
    const known = this.cookies.get(reader);
    if (known !== undefined) return known;
    const password = this.passwords.get(reader);
    const answer =
      password === undefined
        ? await this.post('/sessions/by-link', { token: await this.mailedToken(reader) })
        : await this.post('/sessions', { email: reader, password });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (cookie === undefined) throw new Error(`${reader} cannot sign in: ${answer.status}`);
    this.cookies.set(reader, cookie);
    return cookie;
  }

  private async mailedToken(reader: string): Promise<string> {
    await this.post('/sign-in-links', { email: reader });
    for (let i = 0; i < 200; i++) {
      const tokens = (await this.mails(reader)).flatMap(
        ({ text }) => /\/inloggen\/link\/([\w-]+)/.exec(text)?.[1] ?? [],
      );
      if (tokens[0] !== undefined) return tokens[0];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no link was mailed to ${reader}`);
  }

  /** Each from an address of its own: too many attempts from one are refused. */
  private post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': this.address() };
    return fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private asked = 0;
  private address(): string {
    this.asked += 1;
    return `203.0.113.${this.asked % 250}`;
  }
}
