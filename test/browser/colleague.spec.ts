import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, type BrowserOptions } from '../support/browser-site.js';

(HAS_BROWSER ? describe : describe.skip)('a colleague in a browser', () => {
  let site: BrowserSite;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 1, applicants: 6 });
  });
  afterAll(() => site.close());

  const shots = process.env['SHOTS'];
  const look = async (page: Page, { javaScriptEnabled = true, locale, width }: BrowserOptions): Promise<void> => {
    if (shots !== undefined) {
      const name = new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{40,}/g, 'x');
      const path = `${shots}/${name.replaceAll('/', '_')}-${locale ?? ''}-${width ?? ''}-${Date.now() % 100_000}.png`;
      await page.screenshot({ path, fullPage: true });
    }
    if (!javaScriptEnabled) return;
    expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };
  let runs = 0;

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 1280, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const),
  )('is invited, makes an account, writes an answer, and who applies submits it: %j', async (options) => {
    const { noord } = site;
    const run = runs++;
    const call = await noord.openCall(`2027-c${run}`);
    const applicant = noord.people.applicants[run] ?? '';
    const proposal = await noord.draft(call, applicant, { title: `Kas ${run}` });
    const hub = `${site.url}/aanvragen/${proposal}`;

    const lead = await site.signIn(applicant, options);
    await lead.page.goto(hub);
    await lead.page.click('a[href$="/meeschrijvers"]');
    await look(lead.page, options);
    await lead.page.click('.wt-form .nl-button--primary');
    expect(await lead.page.textContent('main')).toMatch(/Vul de naam|Fill in the name/);
    await look(lead.page, options);
    const email = `collega${run}@school.example`;
    await lead.page.fill('#name', 'C. Ollega');
    await lead.page.fill('#email', email);
    const before = site.mailbox.list(email).length;
    await lead.page.click('.wt-form .nl-button--primary');
    await look(lead.page, options);
    expect(await lead.page.textContent('main')).toContain(email);

    const link = await site.linkTo(email, before, /http\S+\/uitnodiging\/\S+/);
    const { page } = await site.visit('/', options);
    await page.goto(link);
    await look(page, options);
    expect(await page.textContent('main')).toContain(`Kas ${run}`);
    await page.fill('#password', 'vier losse woorden samen');
    await page.click('main .nl-button--primary');
    await page.waitForURL(hub);
    await look(page, options);
    expect(await page.locator('a[href$="/controleren"], a[href*="/acties/"], a[href$="/partijen"]').count()).toBe(0);

    await page.goto(`${hub}/onderdelen/idea`);
    const answer = page.locator('textarea').first();
    await answer.fill('Dit schreef een collega.');
    await page.click('button[value=later]');
    await page.waitForURL(hub);
    await page.goto(site.url);
    await look(page, options);
    await page.goto(`${hub}/meeschrijvers`);
    await look(page, options);

    await lead.page.goto(hub);
    await look(lead.page, options);
    expect(await lead.page.textContent('main')).toContain('C. Ollega');
    await lead.page.goto(`${hub}/controleren`);
    await lead.page.click('form[action$="/indienen"] button');
    await lead.page.waitForURL(`${hub}/ingediend`);
    expect(
      await noord.one('select content::text like $2 as has from receipt where proposal_id = $1', [
        proposal,
        '%Dit schreef een collega.%',
      ]),
    ).toEqual({ has: true });
    await page.goto(hub);
    await look(page, options);
    expect(await page.locator('a[href*="/ontvangen/"]').count()).toBe(1);

    await lead.page.goto(`${hub}/meeschrijvers`);
    await look(lead.page, options);
    await lead.page.click('main form[action$="/weg"] button');
    expect((await page.goto(hub))?.status()).toBe(404);
    await page.context().close();
    await lead.page.context().close();
  });
});
