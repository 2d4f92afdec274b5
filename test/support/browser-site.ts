import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { pageAddress, startServer, type RunningServer } from '#app/server';
import { openRound, roundChores } from '#app/worker';
import { Database } from '#lib/database';
import { Mailbox, openTransport, sendDueMail, Templates, type MailWork } from '#lib/notices';
import { ChoreRunner } from '#lib/queue';
import { openBrowser } from './browser.js';
import { openTestFiles, type TestFiles } from './test-files.js';
import { MESSAGE_IDS, TestRound } from './test-round.js';

export interface BrowserOptions {
  readonly locale?: 'nl-NL' | 'en-GB';
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
}

/** A page with what it said on its console. */
export interface Visit {
  readonly page: Page;
  readonly said: string[];
}

/** A whole site of one region: libraries, server, chores and mailbox, with a browser before it. */
export class BrowserSite {
  private constructor(
    readonly noord: TestRound,
    readonly mailbox: Mailbox,
    readonly browser: Browser,
    private readonly files: TestFiles,
    private readonly site: { url: string; server: RunningServer | null; port: number },
    private readonly ending: readonly (() => Promise<unknown>)[],
  ) {}

  static async open(counts = { members: 6, applicants: 4 }, region = 'noord'): Promise<BrowserSite> {
    const noord = await TestRound.open(counts, 6, region);
    const mailbox = await Mailbox.open();
    const workers = await Database.open({ url: noord.test.workerUrl, poolSize: 3 });
    const transport = openTransport(mailbox.smtpUrl);
    // Known once the server listens; no mail is sent before.
    const site: { url: string; server: RunningServer | null; port: number } = { url: '', server: null, port: 0 };
    const mail: MailWork = {
      database: workers,
      transport,
      templates: Templates.load(),
      from: 'loket@regioloket.example',
      worker: 'w',
      pageOf: (template, about) => {
        const path = pageAddress(template, about);
        return path === null ? null : `${site.url}${path}`;
      },
    };
    const { engine } = openRound(workers, { messageIds: MESSAGE_IDS, ring: () => undefined });
    const due = { engine, database: workers, worker: 'w', leaseSeconds: 30 };
    const outbox = { name: 'outbox', run: (signal: AbortSignal) => sendDueMail({ ...mail, leaseSeconds: 30 }, signal) };
    const runner = new ChoreRunner({ chores: [outbox, ...roundChores(due)], onError: () => undefined, everyMs: 200 });
    runner.start();
    const browser = await openBrowser();
    const files = await openTestFiles();
    const ending = [() => runner.drain(5000), () => workers.close(), () => browser.close(), () => mailbox.close()];
    const opened = new BrowserSite(noord, mailbox, browser, files, site, ending);
    await opened.startServer();
    return opened;
  }

  get url(): string {
    return this.site.url;
  }

  /** Starts the server, on the port it had before. */
  async startServer(): Promise<void> {
    const links = {
      invitation: (token: string) => `${this.site.url}/uitnodiging/${token}`,
      party: (token: string) => `${this.site.url}/partij/${token}`,
      opening: (token: string) => `${this.site.url}/meldingen/${token}`,
      offer: (token: string) => `${this.site.url}/hulp/bevestigen/${token}`,
      signIn: (token: string) => `${this.site.url}/inloggen/link/${token}`,
    };
    const server = await startServer({
      ...{ database: this.noord.database, host: '127.0.0.1', port: this.site.port, isHttps: false },
      ...{ people: { messageIds: MESSAGE_IDS, links }, round: this.noord.round, mailbox: this.mailbox },
      files: this.files.parts(false),
    });
    Object.assign(this.site, { server, url: server.url, port: Number(new URL(server.url).port) });
  }

  async stopServer(): Promise<void> {
    await this.site.server?.stop();
    this.site.server = null;
  }

  async close(): Promise<void> {
    for (const end of this.ending) await end();
    await this.stopServer();
    await this.noord.close();
    this.files.remove();
  }

  /** A new browser on a page of the site. */
  async visit(
    path: string,
    { locale = 'nl-NL', width = 1280, javaScriptEnabled = true }: BrowserOptions = {},
  ): Promise<Visit> {
    const context = await this.browser.newContext({ locale, viewport: { width, height: 900 }, javaScriptEnabled });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`${this.url}${path}`);
    return { page, said };
  }

  /** Signs a person in with a mailed link, as that person would. */
  async signIn(personId: string, options: BrowserOptions = {}): Promise<Visit> {
    const { email } = (await this.noord.one('select email::text from person where id = $1', [personId])) as {
      email: string;
    };
    const visit = await this.visit('/inloggen', options);
    const before = this.mailbox.list(email).length;
    await visit.page.fill('#link-email', email);
    await visit.page.click('form[action="/inloggen/link"] button');
    const link = await this.linkTo(email, before, /http\S+\/inloggen\/link\/\S+/);
    await visit.page.goto(link);
    await visit.page.click('button[value=start]');
    await visit.page.waitForURL(`${this.url}/`);
    if (options.locale === 'en-GB') await visit.page.goto(`${this.url}/taal/en`);
    return visit;
  }

  /** The link in a mail that arrives after `before` mails. */
  async linkTo(email: string, before: number, pattern: RegExp): Promise<string> {
    for (let tries = 0; tries < 300; tries++) {
      const mails = this.mailbox.list(email);
      const found = mails.slice(0, mails.length - before).map(({ text }) => pattern.exec(text)?.[0]);
      const link = found.find((one) => one !== undefined);
      if (link !== undefined) return link;
      await sleep(100);
    }
    throw new Error(`No such mail reached ${email}.`);
  }
}

/** Waits until something is so, at most ten seconds. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error('It did not become so.');
}

/**
 * What scripts and policy said on the console. Not faults are the browser's own remarks: on the status of a form that comes back with
 * something to repair, and on a font that came too late for the first page.
 */
export function faultsSaid(said: readonly string[]): readonly string[] {
  return said.filter((line) => !/status of (409|422)|woff2 was preloaded/.test(line));
}
