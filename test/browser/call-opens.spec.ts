import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { tellOpenings } from '#lib/intake';
import { CreateCall } from '#lib/regulation';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, faultsSaid, type BrowserOptions } from '../support/browser-site.js';
import { MESSAGE_IDS } from '../support/test-round.js';

(HAS_BROWSER ? describe : describe.skip)('a call that is not open yet, in a browser', () => {
  let site: BrowserSite;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 1, applicants: 1 });
  });
  afterAll(() => site.close());

  const ahead = async (number: string): Promise<string> => {
    const { database, round, people, act } = site.noord;
    const receivedAt = await database.now();
    const at = (hours: number): string => new Date(Date.parse(receivedAt) + hours * 3_600_000).toISOString();
    const call = {
      ...{ region: 'noord', programme: 'innovatie-wt', number, name: { nl: `Ronde ${number}`, en: `Call ${number}` } },
      ...{ opensAt: at(24), closesAt: at(48), graceMinutes: 0 },
    };
    const creating = new CreateCall(database, round.engine, round.frozen);
    const id = await creating.execute(call, { actorId: people.coordinator, receivedAt });
    await act.call(site.noord, 'call', id, 'publish', people.decider);
    return id;
  };
  const look = async (page: Page, { javaScriptEnabled = true }: BrowserOptions): Promise<void> => {
    if (!javaScriptEnabled) return;
    expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 1280, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const),
  )('lets its questions be read, and mails who asked it when it opens: %j', async (options) => {
    const call = await ahead(`2027-${options.width}${String(options.javaScriptEnabled)}`);
    const { page, said } = await site.visit(`/rondes/${call}`, options);
    await look(page, options);
    await page.click(`a[href="/rondes/${call}/formulier"]`);
    await look(page, options);
    expect(await page.locator('main dt').count()).toBeGreaterThan(20);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.wt-header').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${site.url}/rondes/${call}`);
    await page.click(`a[href="/meldingen?ronde=${call}"]`);
    expect(await page.isChecked(`input[value="ronde:${call}"]`)).toBe(true);
    await look(page, options);
    const email = `leraar${options.width}${String(options.javaScriptEnabled)}@school.example`;
    await page.fill('#email', email);
    await page.click('.wt-form .nl-button--primary');
    const link = await site.linkTo(email, 0, /http\S+\/meldingen\/\S+/);
    await page.goto(link);
    await look(page, options);
    await page.click('main .nl-button--primary');
    await page.goto(link);
    await look(page, options);
    await site.noord.look.query('update call set opens_at = app_now() where id = $1', [call]);
    const { database } = site.noord;
    const linkTo = (token: string): string => `${site.url}/meldingen/${token}`;
    expect(await tellOpenings({ database, messageIds: MESSAGE_IDS, linkTo })).toBe(1);
    await page.goto(await site.linkTo(email, 1, /http\S+\/rondes\/\S+/));
    expect(page.url()).toBe(`${site.url}/rondes/${call}`);
    expect(faultsSaid(said)).toEqual([]);
    await page.context().close();
  });

  it('lets who is signed in ask with one button, and end it', async () => {
    const call = await ahead('2027-9');
    const options = { width: 390 };
    const { page, said } = await site.signIn(site.noord.people.applicants[0] ?? '', options);
    await page.goto(`${site.url}/rondes/${call}`);
    await page.click('form[action="/meldingen"] button');
    await page.waitForURL(`${site.url}/meldingen`);
    await look(page, options);
    await page.click('.wt-panel form button');
    await page.waitForURL(`${site.url}/meldingen`);
    expect(await page.locator('.wt-panel form').count()).toBe(0);
    expect(faultsSaid(said)).toEqual([]);
    await page.context().close();
  });
});
