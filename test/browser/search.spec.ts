import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { calendarDate } from '#lib/kernel';
import { importSchools } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { axeFaults, HAS_BROWSER, overflow } from '../support/browser.js';
import { BrowserSite, until, type BrowserOptions } from '../support/browser-site.js';

const WAYS = [
  { javaScriptEnabled: true, width: 390 },
  { javaScriptEnabled: false, width: 1280 },
] as const;

(HAS_BROWSER ? describe : describe.skip)('looking something up inside a form', () => {
  let site: BrowserSite;
  let call: string;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 1, applicants: 2 });
    const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
    const asOf = calendarDate('2026-11-01');
    await importSchools(site.noord.look, { bytes, name: 'schools.csv', asOf, level: 'PO', isComplete: false });
    call = await site.noord.openCall();
  });
  afterAll(() => site.close());

  const person = (at: number): string => site.noord.people.applicants[at] ?? '';
  const look = async (page: Page, { javaScriptEnabled = true }: BrowserOptions): Promise<void> => {
    if (javaScriptEnabled) expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
  };
  /** Whether what has the focus is this element, and stands inside the window. */
  const isHere = async (page: Page, selector: string): Promise<boolean> => {
    const height = page.viewportSize()?.height ?? 0;
    const box = await page.locator(selector).boundingBox();
    const isSeen = box !== null && box.y >= 0 && box.y < height;
    return isSeen && (await page.locator(`${selector}:focus`).count()) === 1;
  };

  it.each(WAYS)('Enter searches on a new initiative, and what was found has the focus: %j', async (options) => {
    const { page } = await site.signIn(person(0), options);
    await page.goto(`${site.url}/initiatieven/nieuw`);
    const title = `Enter zoekt ${options.width}`;
    await page.fill('#title', title);
    await page.fill('#what', 'Leerlingen meten.');
    await page.check('#need-partners');
    await page.fill('#school-search', 'assen palet');
    await page.press('#school-search', 'Enter');
    await page.waitForSelector('.wt-found button');
    await until(() => isHere(page, '#school-search-gevonden'));
    expect(await page.inputValue('#title')).toBe(title);
    await look(page, options);
    await page.click('.wt-found button');
    await page.waitForSelector('#school-gekozen');
    await until(() => isHere(page, '#school-gekozen'));
    await page.press('#title', 'Enter');
    await page.waitForURL(/\/initiatieven\/[0-9a-f-]{36}$/);
    expect(await site.noord.one('select region, phase from initiative where title = $1', [title])).toEqual({
      region: 'noord',
      phase: 'preparing',
    });
    await page.context().close();
  });

  it('a school that is chosen later brings a draft from the national desk to its network, under a number of that network', async () => {
    const { page } = await site.signIn(person(0));
    await page.goto(`${site.url}/initiatieven/nieuw`);
    await page.fill('#title', 'Eerst zonder school');
    await page.fill('#what', 'Leerlingen meten.');
    await page.check('#need-partners');
    await page.click('button[value=save]');
    await page.waitForURL(/[0-9a-f-]{36}$/);
    const address = page.url();
    const placed = 'select region, phase, number from initiative where title = $1';
    expect(await site.noord.one(placed, ['Eerst zonder school'])).toMatchObject({ region: 'landelijk' });
    await page.goto(`${address}/wijzigen`);
    await page.fill('#school-search', 'assen palet');
    await page.press('#school-search', 'Enter');
    await page.click('.wt-found button');
    expect(await page.textContent('#school-gekozen')).toContain('Demo-netwerk Noord');
    await page.click('button[value=keep]');
    await page.waitForURL(address);
    await page.click('a[href$="/acties/register"]');
    await page.click('.wt-form .nl-button--primary');
    await page.waitForURL(address);
    expect(await site.noord.one(placed, ['Eerst zonder school'])).toEqual({
      region: 'noord',
      phase: 'submitted',
      number: expect.stringMatching(/^I-noord-/),
    });
    await page.context().close();
  });

  it.each(WAYS)('Enter searches in School en partners, and a pick goes on at its row: %j', async (options) => {
    const { page } = await site.signIn(person(1), options);
    const id = await site.noord.draft(call, person(1), { title: 'x', content: {} });
    const address = `${site.url}/aanvragen/${id}/onderdelen/partners`;
    await page.goto(address);
    await page.fill('#lead-name', 'De Voorbeeldige');
    for (const [at, words] of ['assen palet', 'assen'].entries()) {
      await page.fill('#schools-search', words);
      await page.press('#schools-search', 'Enter');
      await page.waitForSelector('#schools-search-gevonden');
      expect(new URL(page.url()).pathname).toBe(new URL(address).pathname);
      await until(() => isHere(page, '#schools-search-gevonden'));
      expect(await page.inputValue('#lead-name')).toBe('De Voorbeeldige');
      await look(page, options);
      await page.locator('.wt-found button').nth(at).click();
      await page.waitForURL(new RegExp(`#schools-${at}$`));
      await until(() => isHere(page, `#schools-${at}`));
    }
    await page.fill('#partners-search', 'bestaat niet');
    await page.press('#partners-search', 'Enter');
    await page.waitForSelector('#partners-search-gevonden');
    await until(() => isHere(page, '#partners-search-gevonden'));
    await page.click('button[value="add:schools"]');
    await page.waitForURL(/#schools-2-name$/);
    await until(() => isHere(page, '#schools-2-name'));
    await page.context().close();
  });

  it.each(WAYS)(
    'Enter in another field of Wie doen er mee adds somebody, in the box it searches: %j',
    async (options) => {
      const { page } = await site.signIn(person(1), options);
      const id = await site.noord.draft(call, person(1));
      await page.goto(`${site.url}/aanvragen/${id}/partijen`);
      await page.fill('#search', 'assen palet');
      await page.press('#search', 'Enter');
      await page.waitForSelector('.wt-found button');
      await until(() => isHere(page, '#search-gevonden'));
      await look(page, options);
      await page.locator('.wt-found button').first().click();
      expect(await page.textContent('#search-gevonden')).toContain('Het Palet');
      expect(await page.inputValue('#organisation')).toContain('Het Palet');
      await page.fill('#search', '');
      await page.fill('#contactName', 'T. van Dam');
      await page.fill('#email', 'dam@x.example');
      await page.press('#email', 'Enter');
      await page.waitForSelector('.wt-tiles li');
      expect(await site.noord.one('select state from party where proposal_id = $1', [id])).toEqual({ state: 'listed' });
      await page.context().close();
    },
  );
});
