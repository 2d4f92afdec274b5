import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { calendarDate } from '#lib/kernel';
import { importSchools } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, type BrowserOptions } from '../support/browser-site.js';

(HAS_BROWSER ? describe : describe.skip)('an initiative in a browser', () => {
  let site: BrowserSite;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 1, applicants: 4 });
    const bytes = readFileSync(join(projectFolder(), 'config', 'demo', 'schools.csv'));
    const file = {
      bytes,
      name: 'schools.csv',
      asOf: calendarDate('2026-11-01'),
      level: 'PO',
      isComplete: false,
    } as const;
    await importSchools(site.noord.look, file);
  });
  afterAll(() => site.close());

  const look = async (page: Page, { javaScriptEnabled = true }: BrowserOptions): Promise<void> => {
    if (!javaScriptEnabled) return;
    expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 1280, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 1280, locale: 'nl-NL' },
    ] as const),
  )('goes from an idea by way of a partner to a proposal that carries everything over: %j', async (options) => {
    const { noord } = site;
    const { applicants, secretary } = noord.people;
    const name = `Meten in de kas ${options.width} ${String(options.javaScriptEnabled)}`;
    const call = await noord.openCall(`2027-i${options.width}${String(options.javaScriptEnabled)}`);
    const { page, said } = await site.signIn(applicants[0] ?? '', options);
    await page.goto(`${site.url}/initiatieven`);
    await look(page, options);
    await page.click('a[href="/initiatieven/nieuw"]');
    await look(page, options);
    await page.fill('#title', name);
    await page.fill('#what', 'Leerlingen meten licht en vocht in een echte groentekas.');
    await page.fill('#wantedPartners', 'Een tuinder in de buurt.');
    await page.fill('#contact', '0592 12 34 56');
    await page.check('#need-partners');
    await page.check('#consent-what');
    await page.check('#consent-wantedPartners');
    await page.fill('#school-search', 'assen palet');
    await page.click('button[value=search]');
    expect(await page.inputValue('#what')).toContain('groentekas');
    await look(page, options);
    await page.click('.wt-found button');
    await look(page, options);
    await page.click('button[value=register]');
    await page.waitForURL(/\/initiatieven\/[0-9a-f-]{36}$/);
    await look(page, options);
    const address = page.url();
    expect(await noord.one('select region, phase from initiative where title = $1', [name])).toEqual({
      region: 'noord',
      phase: 'submitted',
    });

    const partner = await site.visit('/initiatieven', options);
    const tile = partner.page.locator('.wt-tile', { hasText: name });
    expect(await tile.textContent()).toContain('Een tuinder in de buurt.');
    expect(await tile.textContent()).not.toContain('0592');
    await look(partner.page, options);
    await tile.locator('a').click();
    await partner.page.click('.wt-form .nl-button--primary');
    await look(partner.page, options);
    const email = `tuinder${options.width}${String(options.javaScriptEnabled)}@kas.example`;
    await partner.page.fill('#organisation', 'Kwekerij Van Dam');
    await partner.page.selectOption('#kind', 'COMPANY');
    await partner.page.fill('#amount', '20 uur per jaar');
    await partner.page.fill('#contactName', 'T. van Dam');
    await partner.page.fill('#email', email);
    await partner.page.click('.wt-form .nl-button--primary');
    const link = await site.linkTo(email, 0, /http\S+\/hulp\/bevestigen\/\S+/);
    await partner.page.goto(link);
    await look(partner.page, options);
    await partner.page.click('main .nl-button--primary');
    expect(partner.said.filter((line) => !line.includes('422'))).toEqual([]);

    const desk = await site.signIn(secretary, options);
    await desk.page.goto(`${site.url}/initiatieven`);
    await look(desk.page, options);
    await desk.page.goto(address);
    await look(desk.page, options);
    expect(await desk.page.locator('a[href$="/acties/match"]').count()).toBe(0);
    await desk.page.click('button[name=offer]');
    await desk.page.selectOption('#region', 'oost');
    await desk.page.click('form[action$="/raadplegen"] button');
    await look(desk.page, options);
    await desk.page.click('a[href$="/acties/match"]');
    await desk.page.fill('#answer', 'Kwekerij Van Dam doet mee.');
    await desk.page.click('.wt-form .nl-button--primary');
    await desk.page.waitForURL(address);

    await page.goto(address);
    await look(page, options);
    expect(await page.textContent('#nu')).toBe('Kwekerij Van Dam doet mee.');
    await page.selectOption('#call', `noord ${call}`);
    await page.click('form[action$="/aanvraag"] button');
    await page.waitForURL(/\/aanvragen\//);
    const { title, content } = await noord.one('select title, content from proposal where id = $1', [
      page.url().split('/').at(-1),
    ]);
    expect(title).toBe(name);
    expect(content).toMatchObject({
      summary: 'Leerlingen meten licht en vocht in een echte groentekas.',
      partners: [{ name: 'Kwekerij Van Dam', kind: 'COMPANY' }],
      schools: [{ name: expect.stringContaining('Het Palet'), province: 'Drenthe' }],
    });
    expect([...said, ...desk.said]).toEqual([]);
    for (const { page: open } of [{ page }, partner, desk]) await open.context().close();
  });

  it('is open to a teacher without an account, who gets one by a link in a mail', async () => {
    const email = 'nieuwe.leraar@school.example';
    const { page } = await site.visit('/account', { javaScriptEnabled: false });
    await page.fill('#name', 'N. Leraar');
    await page.fill('#email', email);
    await page.click('.wt-form .nl-button--primary');
    await page.goto(await site.linkTo(email, 0, /http\S+\/uitnodiging\/\S+/));
    await page.fill('#password', 'kas meten sensor licht');
    await page.click('.wt-form .nl-button--primary');
    await page.waitForURL(`${site.url}/`);
    await page.goto(`${site.url}/initiatieven/nieuw`);
    expect(await page.locator('#what').count()).toBe(1);
    await page.context().close();
  });

  it('keeps what was typed when something is missing, and says what', async () => {
    const { page } = await site.signIn(site.noord.people.applicants[1] ?? '', { javaScriptEnabled: false });
    await page.goto(`${site.url}/initiatieven/nieuw`);
    await page.fill('#what', 'Een half idee.');
    await page.click('button[value=register]');
    expect(await page.inputValue('#what')).toBe('Een half idee.');
    expect(await page.locator('.wt-errorsum li').count()).toBe(2);
    await page.context().close();
  });
});
