import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, faultsSaid, type BrowserOptions } from '../support/browser-site.js';

const WAYS = sampled([
  { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
  { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
  { javaScriptEnabled: true, width: 390, locale: 'en-GB' },
] as const);

(HAS_BROWSER ? describe : describe.skip)('after a decision, in a browser', () => {
  let site: BrowserSite;
  const decided: string[] = [];
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 6, applicants: 4 });
    const { noord } = site;
    const { decider, applicants } = noord.people;
    const call = await noord.openCall();
    await noord.seatAll(call);
    for (const i of WAYS.keys()) decided.push(await noord.scored(call, applicants[i] ?? '', 5));
    await noord.rank(call);
    for (const id of decided) {
      await noord.prepared(id);
      await noord.act('proposal', id, 'grant', decider);
    }
    await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
    await noord.act('call', call, 'announce', decider);
  });
  afterAll(() => site.close());

  const look = async (page: Page, { javaScriptEnabled = true }: BrowserOptions): Promise<void> => {
    if (javaScriptEnabled)
      expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };
  const press = (page: Page): Promise<void> => page.click('.wt-form .nl-button--primary');

  it.each(WAYS)('an explanation is asked and given; the term to object stands on the page: %j', async (options) => {
    const { noord } = site;
    const at = WAYS.indexOf(options);
    const id = decided[at] ?? '';
    const lead = noord.people.applicants[at] ?? '';
    const school = await site.signIn(lead, options);
    await school.page.goto(`${site.url}/aanvragen/${id}/besluit`);
    await look(school.page, options);
    await school.page.click('a[href$="/uitleg"]');
    await look(school.page, options);
    const { year } = (await noord.one(
      `select extract(year from objection_last_day)::text as year from announcement`,
    )) as { year: string };
    expect(await school.page.textContent('#termijn')).toMatch(new RegExp(`${year}\\.$`));
    await press(school.page);
    expect(await school.page.locator('.wt-errorsum li').count()).toBe(2);
    await look(school.page, options);
    await school.page.fill('#words', 'Waarom telt delen zo zwaar?');
    await school.page.check('#way-0');
    await press(school.page);
    expect(await school.page.getAttribute('#phone', 'aria-invalid')).toBe('true');
    expect(await school.page.inputValue('#words')).toBe('Waarom telt delen zo zwaar?');
    await school.page.fill('#phone', '06 12 34 56 78');
    await press(school.page);
    await school.page.waitForSelector('.wt-done');
    await look(school.page, options);

    const desk = await site.signIn(noord.people.secretary, options);
    await desk.page.click(`.wt-tiles a[href="/aanvragen/${id}/uitleg"]`);
    await look(desk.page, options);
    expect(await desk.page.textContent('main')).toContain('06 12 34 56 78');
    await press(desk.page);
    expect(await desk.page.getAttribute('#answer', 'aria-invalid')).toBe('true');
    await desk.page.fill('#answer', 'Delen is een doel van de regeling.\n\nDat staat in het advies.');
    await press(desk.page);
    await desk.page.waitForURL(`${site.url}/aanvragen/${id}/uitleg`);

    await school.page.goto(`${site.url}/aanvragen/${id}/besluit`);
    expect(await school.page.textContent('#uitleg0 ~ p:last-child')).toBe('Dat staat in het advies.');
    await look(school.page, options);
    const { email } = (await noord.one('select email::text from person where id = $1', [lead])) as { email: string };
    await site.linkTo(email, 0, /Delen is een doel van de regeling\./);
    expect(faultsSaid([...school.said, ...desk.said])).toEqual([]);
    for (const { page } of [school, desk]) await page.context().close();
  });

  it.each(WAYS)('a proposal is used again in a call that is open now: %j', async (options) => {
    const { noord } = site;
    const at = WAYS.indexOf(options);
    const school = await site.signIn(noord.people.applicants[at] ?? '', options);
    const { page } = school;
    await page.goto(`${site.url}/aanvragen/${decided[at] ?? ''}/opnieuw`);
    if (at === 0) expect(await page.locator('.wt-form').count()).toBe(0);
    await look(page, options);
    for (const n of [1, 2]) await noord.openCall(`2028-${at}-${n}`, { days: 20 });
    await page.goto(`${site.url}/aanvragen/${decided[at] ?? ''}`);
    await page.click('a[href$="/opnieuw"]');
    await press(page);
    expect(await page.locator('.wt-errorsum li').count()).toBe(1);
    await look(page, options);
    await page.check('#call-1');
    await press(page);
    await page.waitForSelector('#begonnen');
    await look(page, options);
    expect(await page.locator('[aria-labelledby=begonnen] li').count()).toBe(3);
    const { id } = (await noord.one(
      `select id from proposal where phase = 'preparing' and lead_applicant = $1 order by created_at desc limit 1`,
      [noord.people.applicants[at]],
    )) as { id: string };
    expect(page.url()).toBe(`${site.url}/aanvragen/${id}`);
    expect(faultsSaid(school.said)).toEqual([]);
    await page.context().close();
  });

  it.each(WAYS)(
    'an award is waived after reading what that means and a tick, and its decision stays: %j',
    async (options) => {
      const at = WAYS.indexOf(options);
      const id = decided[at] ?? '';
      const school = await site.signIn(site.noord.people.applicants[at] ?? '', options);
      const { page } = school;
      await page.goto(`${site.url}/aanvragen/${id}`);
      await look(page, options);
      await page.click('a[href$="/acties/waive"]');
      await look(page, options);
      expect(await page.locator('#deel0 ~ ul > li').count()).toBe(1);
      await page.fill('#reason', 'De school gaat samen met een andere.');
      await press(page);
      expect(await page.getAttribute('#confirmed', 'aria-invalid')).toBe('true');
      expect(await page.inputValue('#reason')).toBe('De school gaat samen met een andere.');
      await look(page, options);
      // By keyboard: to the tick, and from there to the button.
      await page.focus('#confirmed');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${site.url}/aanvragen/${id}`);
      expect(await page.locator('.wt-step--done').count()).toBe(6);
      expect(await page.locator('.wt-step--stopped').count()).toBe(1);
      expect(await page.locator('a[href*="/acties/"]').count()).toBe(0);
      await look(page, options);
      await page.click('.wt-now a[href$="/besluit"]');
      expect(await page.locator('.wt-note').count()).toBe(1);
      await look(page, options);
      expect(faultsSaid(school.said)).toEqual([]);
      await page.context().close();
    },
  );
});
