import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#lib/kernel';

/** The installation refused a request. Nothing that was done before is lost; a next run goes on from there. */
export class RequestRefused extends DomainError {
  readonly code = 'request-refused';
  constructor(
    readonly status: number,
    what: string,
    problem: unknown,
  ) {
    super(`${what} was refused (${status}): ${JSON.stringify(problem)}`, { status, what, problem });
  }
}

/** The installation does not answer. Start it, and run again to go on. */
export class InstallationAway extends DomainError {
  readonly code = 'installation-away';
  constructor(url: string) {
    super(`The installation at ${url} does not answer. Start it, and run again: the run goes on where it was.`, {
      url,
    });
  }
}

export interface Sending {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** Idempotency-Key: the same in every run, so that a second run does nothing twice. */
  readonly key?: string;
  readonly ifMatch?: string;
  readonly cookie?: string;
}

interface Upload extends Pick<Sending, 'token' | 'key'> {
  /** Path of the question. */
  readonly question: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Received<T> {
  readonly status: number;
  readonly data: T;
  readonly headers: Headers;
}

const TRIES = 20;

/** The REST API as a person's program uses it: waits when it is told to, and tries again when the database is away. */
export class Api {
  constructor(readonly url: string) {}

  async get<T>(path: string, sending: Sending = {}): Promise<T> {
    return (await this.send<T>('GET', path, sending)).data;
  }

  async post<T>(path: string, sending: Sending = {}): Promise<T> {
    return (await this.send<T>('POST', path, sending)).data;
  }

  /** Sends a file as the answer to a question. Throws RequestRefused, InstallationAway. */
  async upload(path: string, { question, name, bytes, ...sending }: Upload): Promise<void> {
    const form = new FormData();
    form.append('question', question);
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    await this.send('POST', path, { ...sending, body: form });
  }

  /** The installation's clock, as ISO text. */
  async clock(): Promise<string> {
    const response = await fetch(`${this.url}/readyz`);
    return ((await response.json()) as { clock: string }).clock;
  }

  /** Throws RequestRefused, InstallationAway. */
  async send<T>(method: string, path: string, sending: Sending): Promise<Received<T>> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.attempt(method, path, sending);
      const wait = attempt < TRIES ? pauseOf(response) : null;
      if (wait === null) return this.answer<T>(`${method} ${path}`, response);
      await sleep(wait);
    }
  }

  private async attempt(
    method: string,
    path: string,
    { token, body, key, ifMatch, cookie }: Sending,
  ): Promise<Response> {
    const headers: Record<string, string> = {
      'accept-language': 'en',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      // fetch itself says where the parts of a form begin
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(cookie === undefined ? {} : { cookie }),
    };
    try {
      const sent = body instanceof FormData ? body : JSON.stringify(body);
      const init = { method, headers, ...(body === undefined ? {} : { body: sent }) };
      return await fetch(`${this.url}/api/v1${path}`, init);
    } catch {
      throw new InstallationAway(this.url);
    }
  }

  private async answer<T>(what: string, response: Response): Promise<Received<T>> {
    const text = await response.text();
    const data: unknown = text === '' ? null : JSON.parse(text);
    if (!response.ok) throw new RequestRefused(response.status, what, data);
    return { status: response.status, data: data as T, headers: response.headers };
  }
}

/** Milliseconds to wait before trying again; null when the answer stands. */
function pauseOf({ status, headers }: Response): number | null {
  if (status !== 429 && status !== 503) return null;
  return Math.min(Number(headers.get('retry-after') ?? '1'), 60) * 1_000;
}
