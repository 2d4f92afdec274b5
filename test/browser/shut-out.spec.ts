import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startServer, type RunningServer } from '#app/server';
import { OpenAccount, SYSTEM } from '#lib/people';
import { axeFaults, HAS_BROWSER, openBrowser, overflow } from '../support/browser.js';
import { sessionOf } from '../support/screen-world.js';
import { LINKS, MESSAGE_IDS, TestRound } from '../support/test-round.js';

(HAS_BROWSER ? describe : describe.skip)('who administers the platform, in a browser', () => {
  let noord: TestRound;
  let server: RunningServer;
  let browser: Browser;
  let admin: string;
  let other: string;

  beforeAll(async () => {
    noord = await TestRound.open({ members: 2, applicants: 1 });
    const people = {
      messageIds: MESSAGE_IDS,
      links: LINKS,
    };
    server = await startServer({
      database: noord.database,
      host: '127.0.0.1',
      port: 0,
      isHttps: false,
      round: noord.round,
      people,
    });
    browser = await openBrowser();
    const open = (name: string, role: 'platform-admin' | 'member', region: string): Promise<string> =>
      new OpenAccount(noord.database).execute(SYSTEM, {
        ...{ email: `${role}@x.example`, name, language: 'nl', password: null, roles: [{ region, role }] },
      });
    admin = await open('B. Beheerder', 'platform-admin', 'landelijk');
    other = await open('Een heel lange naam van een lid dat wordt geblokkeerd', 'member', 'noord');
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await noord.close();
  });

  const open = async (path: string, locale: string, width: number, javaScriptEnabled = true): Promise<Page> => {
    const context = await browser.newContext({ locale, viewport: { width, height: 900 }, javaScriptEnabled });
    const value = await sessionOf(noord, admin);
    const taal = { name: 'taal', value: locale.slice(0, 2), url: server.url };
    await context.addCookies([{ name: 'session', value, url: server.url }, taal]);
    const page = await context.newPage();
    await page.goto(`${server.url}${path}`);
    return page;
  };

  it.each(['nl-NL', 'en-GB'].flatMap((locale) => [390, 1280].map((width) => [locale, width] as const)))(
    'reads list and person in %s at %i pixels without a fault of accessibility, also when something is wrong',
    async (locale, width) => {
      for (const path of ['/mensen', `/mensen/${other}`, `/mensen/${admin}`]) {
        const page = await open(path, locale, width);
        expect([path, await axeFaults(page), await overflow(page)]).toEqual([path, [], 0]);
        if (path.endsWith(other)) {
          await page.click('.wt-form .nl-button--primary');
          expect(await page.locator('#reason-fout').count()).toBe(1);
          expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
        }
        const shots = process.env['SHOTS'];
        if (shots !== undefined)
          await page.screenshot({
            path: `${shots}/${path.replaceAll('/', '-')}-${width}-${locale}.png`,
            fullPage: true,
          });
        await page.context().close();
      }
    },
  );

  it('blocks somebody and lets in again by keyboard, without scripts', async () => {
    const page = await open(`/mensen/${other}`, 'nl-NL', 1280, false);
    for (const [reason, button] of [
      ['Account is overgenomen.', 'Laat deze persoon weer toe'],
      ['Het was een vergissing.', 'Blokkeer deze persoon'],
    ] as const) {
      await page.focus('#reason');
      await page.keyboard.type(reason);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForSelector(`text=${button}`);
    }
    await page.context().close();
  });
});
