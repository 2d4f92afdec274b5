import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { createTransport } from 'nodemailer';
import { openRound } from '#app/worker';
import { startServer, type RunningServer } from '#app/server';
import { Database } from '#lib/database';
import { Mailbox } from '#lib/notices';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { axeFaults, HAS_BROWSER, openBrowser, overflow } from '../support/browser.js';
import { LINKS, MESSAGE_IDS } from '../support/test-round.js';

(HAS_BROWSER ? describe : describe.skip)('the pages in a browser', () => {
  let test: TestDatabase;
  let database: Database;
  let mailbox: Mailbox;
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    test = await openTestDatabase();
    database = await Database.open({ url: test.appUrl, poolSize: 4 });
    mailbox = await Mailbox.open();
    const people = {
      messageIds: MESSAGE_IDS,
      links: LINKS,
    };
    const round = openRound(database, { messageIds: MESSAGE_IDS, ring: () => undefined });
    server = await startServer({ database, host: '127.0.0.1', port: 0, isHttps: false, people, round, mailbox });
    const transport = createTransport(mailbox.smtpUrl);
    const long = `https://regioloket.example/${'x'.repeat(200)}`;
    for (const to of ['a@school.example', 'b@school.example'])
      await transport.sendMail({
        from: 'loket@x.example',
        to,
        subject: `Besluit <b>over</b> ${'lang '.repeat(20)}`,
        text: `Beste ${to}\n\n${long}`,
      });
    transport.close();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await mailbox.close();
    await database.close();
    await test.drop();
  });

  const open = async (
    path: string,
    locale: string,
    more: { width?: number; javaScriptEnabled?: boolean } = {},
  ): Promise<{ page: Page; said: string[] }> => {
    const { width = 390, javaScriptEnabled = true } = more;
    const context = await browser.newContext({ locale, viewport: { width, height: 800 }, javaScriptEnabled });
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`${server.url}${path}`);
    return { page, said };
  };

  it.each(['/', '/mailbox', '/nergens'].flatMap((path) => ['nl-NL', 'en-GB'].map((locale) => [path, locale] as const)))(
    '%s in %s has no fault of accessibility, says nothing on the console, and fits 390 pixels',
    async (path, locale) => {
      const { page, said } = await open(path, locale);
      expect(await page.getAttribute('html', 'lang')).toBe(locale.slice(0, 2));
      expect(await axeFaults(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(said.filter((line) => !/404/.test(line))).toEqual([]);
      await page.context().close();
    },
  );

  it('shows the mails of one recipient by keyboard alone, without JavaScript too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open('/mailbox', 'nl-NL', { javaScriptEnabled });
      expect(await page.locator('article').count()).toBe(2);
      await page.focus('#to');
      await page.keyboard.type('a@school.example');
      await page.keyboard.press('Enter');
      await page.waitForURL(/to=a/);
      expect([await page.locator('article').count(), await page.inputValue('#to')]).toEqual([1, 'a@school.example']);
      expect(await page.locator('article h2').textContent()).toContain('<b>over</b>');
      await page.context().close();
    }
  });

  it('lets the keyboard pass over the header', async () => {
    const { page } = await open('/mailbox', 'nl-NL', { width: 1280 });
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () =>
          (globalThis as unknown as { document: { activeElement: { textContent: string } } }).document.activeElement
            .textContent,
      ),
    ).toBe('Naar de inhoud');
    await page.context().close();
  });
});
