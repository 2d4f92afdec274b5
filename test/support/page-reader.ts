import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';

/** Reads pages over HTTP as somebody who is signed in. */
export class PageReader {
  private readonly cookies = new Map<string, string>();
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly look: pg.Client,
    private readonly url: string,
  ) {}

  /** What a browser of that person sends along, in Dutch. */
  async headers(personId: string): Promise<Record<string, string>> {
    return { cookie: `session=${await this.sessionOf(personId)}; taal=nl` };
  }

  async statusOf(personId: string, path: string): Promise<number> {
    return (await fetch(`${this.url}${path}`, { headers: await this.headers(personId) })).status;
  }

  /** The bytes of a download, in Dutch. */
  async bytes(personId: string, path: string): Promise<ArrayBuffer> {
    return (await fetch(`${this.url}${path}`, { headers: await this.headers(personId) })).arrayBuffer();
  }

  /** The markup of a page, in Dutch unless asked otherwise. */
  async page(personId: string, path: string, language = 'nl'): Promise<string> {
    const session = await this.sessionOf(personId);
    const response = await fetch(`${this.url}${path}`, {
      headers: { cookie: `session=${session}; taal=${language}` },
    });
    return response.text();
  }

  /** What one reads in the main part of a page. */
  async textOf(personId: string, path: string, language = 'nl'): Promise<string> {
    const page = await this.page(personId, path, language);
    const main = /<main[^]*<\/main>/.exec(page)?.[0] ?? page;
    return main.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  }

  /** Sends a form of a page, with the token that the page carries; a file makes it an upload. */
  async send(personId: string, path: string, fields: Readonly<Record<string, string>>, file?: File): Promise<Response> {
    const session = await this.sessionOf(personId);
    const all = Object.entries({ _csrf: await this.tokenOf(personId), ...fields });
    const body = file === undefined ? new URLSearchParams(all) : new FormData();
    if (body instanceof FormData) for (const [name, value] of all) body.append(name, value);
    if (body instanceof FormData && file !== undefined) body.append('file', file);
    const headers = { cookie: `session=${session}; taal=nl`, origin: this.url };
    return fetch(`${this.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
  }

  /** The token of a session stays the same as long as the session. */
  private async tokenOf(personId: string): Promise<string> {
    const known = this.tokens.get(personId);
    if (known !== undefined) return known;
    const page = (await this.page(personId, '/')).replaceAll('&#x3D;', '=');
    const token = /name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
    this.tokens.set(personId, token);
    return token;
  }

  private async sessionOf(personId: string): Promise<string> {
    const known = this.cookies.get(personId);
    if (known !== undefined) return known;
    const made = randomUUID();
    this.cookies.set(personId, made);
    await this.look.query(
      `insert into session (id_hash, person_id, csrf_secret, signed_in_by) values ($1, $2, 'x', 'link')`,
      [createHash('sha256').update(made).digest('hex'), personId],
    );
    return made;
  }
}
