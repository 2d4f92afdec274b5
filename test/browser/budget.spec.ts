import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, HAS_BROWSER, overflow } from '../support/browser.js';
import { BrowserSite, until, type BrowserOptions } from '../support/browser-site.js';

(HAS_BROWSER ? describe : describe.skip)('the budget of a proposal', () => {
  let site: BrowserSite;
  let call: string;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 1, applicants: 2 });
    call = await site.noord.openCall();
  });
  afterAll(() => site.close());

  const begin = async (options: BrowserOptions, part: string): Promise<{ page: Page; id: string }> => {
    const person = site.noord.people.applicants[0] ?? '';
    const { page } = await site.signIn(person, options);
    const id = await site.noord.draft(call, person, { title: 'Kas', content: {} });
    await page.goto(`${site.url}/aanvragen/${id}/onderdelen/${part}`);
    return { page, id };
  };
  const next = (page: Page): Promise<void> => page.click('.wt-actions--form button[value=next]');
  const figures = async (page: Page): Promise<string> =>
    ((await page.textContent('#bedragen')) ?? '').replace(/\s+/g, ' ');
  const errors = (page: Page): Promise<number> => page.locator('.utrecht-form-field-error-message').count();

  it.each([
    { javaScriptEnabled: true, width: 390 },
    { javaScriptEnabled: false, width: 1280 },
  ] as const)(
    'opens without a red word, adds its lines up, and shows sum, balance, share and limits: %j',
    async (options) => {
      const { page, id } = await begin(options, 'budget');
      expect(await errors(page)).toBe(0);
      expect(await page.textContent('#budget-requestedCents-hint')).toMatch(/500,00.*4\.000,00.*de helft/);
      expect(await page.textContent('#budget-inKindCents-hint')).toContain('45,00');
      await page.fill('#budget-lines-0-label', 'Meetkoffers');
      await page.fill('#budget-lines-0-cents', '6.000');
      await page.click('button[value="add:budget.lines"]');
      await page.waitForURL(/#budget-lines-1-label$/);
      expect(await page.locator('#budget-lines-1-label:focus').count()).toBe(1);
      expect([await errors(page), await page.inputValue('#budget-totalCents')]).toEqual([0, '']);
      await page.fill('#budget-lines-1-label', 'Begeleiding');
      await page.fill('#budget-lines-1-cents', '2.000');
      await page.fill('#budget-requestedCents', '4000');
      await page.fill('#budget-ownCashCents', '2000');
      if (!options.javaScriptEnabled) {
        await page.click('button[value=later]');
        await page.goto(`${site.url}/aanvragen/${id}/onderdelen/budget`);
      }
      await until(async () => /Totale kosten\s*€ 8\.000,00/.test(await figures(page)));
      await until(async () => /Nog te dekken\s*€ 2\.000,00/.test(await figures(page)));
      expect(await figures(page)).toMatch(/Deel van de kosten\s*50\s?%/);
      expect(await figures(page)).toContain('Voldoet U vraagt ten minste € 500,00 aan.');
      if (options.javaScriptEnabled) expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
      await page.fill('#budget-inKindCents', '2000');
      await page.fill('#budget-thirdPartyCents', '0');
      await page.fill('#budget-minimumCents', '4.000,01');
      await next(page);
      await page.waitForSelector('.wt-errorsum');
      expect(await page.textContent('#budget-minimumCents-fout')).toContain('meer dan u aanvraagt (€ 4.000,00)');
      await page.fill('#budget-minimumCents', '4000');
      await next(page);
      await page.waitForURL(/\/bijlagen$/);
      expect((await site.noord.one('select content from proposal where id = $1', [id]))['content']).toMatchObject({
        budget: { totalCents: 800_000, minimumCents: 400_000 },
      });
      await page.goto(`${site.url}/aanvragen/${id}/controleren`);
      await page.context().close();
    },
  );

  it('names the cell of a partner that is wrong, chooses no kind for anybody, and leads there from the summary', async () => {
    const { page } = await begin({ javaScriptEnabled: false }, 'partners');
    expect(await page.inputValue('#partners-0-kind')).toBe('');
    await page.fill('#partners-0-name', 'Kwekerij');
    await page.selectOption('#partners-0-kind', 'COMPANY');
    await page.fill('#partners-0-benefitCents', 'veel');
    await next(page);
    expect(await page.textContent('.wt-errorsum a[href="#partners-0-benefitCents"]')).toContain(
      'Rij 1, wat de partner er zelf mee wint',
    );
    expect(await page.getAttribute('#partners-0-benefitCents', 'aria-invalid')).toBe('true');
    expect(await page.inputValue('#partners-0-benefitCents')).toBe('veel');
    await page.context().close();
  });

  it('leads from a rule that is not met to the answer that must change', async () => {
    const { page, id } = await begin({ javaScriptEnabled: false }, 'budget');
    await page.fill('#budget-requestedCents', '100');
    await page.click('button[value=later]');
    await page.goto(`${site.url}/aanvragen/${id}/controleren`);
    await page
      .locator('.wt-condition', { hasText: /ten minste €\s500,00/ })
      .locator('a')
      .first()
      .click();
    await page.waitForURL(/onderdelen\/budget#budget-requestedCents$/);
    await page.context().close();
  });
});
