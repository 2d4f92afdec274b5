import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, faultsSaid, type BrowserOptions } from '../support/browser-site.js';

const WAYS = sampled([
  { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
  { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
  { javaScriptEnabled: true, width: 390, locale: 'en-GB' },
] as const);

(HAS_BROWSER ? describe : describe.skip)('before a call closes, in a browser', () => {
  let site: BrowserSite;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 2, applicants: 6 });
  });
  afterAll(() => site.close());

  const look = async (page: Page, { javaScriptEnabled = true }: BrowserOptions): Promise<void> => {
    if (javaScriptEnabled)
      expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };
  const press = (page: Page): Promise<void> => page.click('.wt-form .nl-button--primary');
  const subjectsTo = async (personId: string, template: string): Promise<readonly string[]> => {
    const { rows } = await site.noord.look.query<{ status: string }>(
      'select status from outbox where template = $1 and recipient_key = $2',
      [template, personId],
    );
    return rows.map(({ status }) => status);
  };

  it.each(WAYS)('a question is asked, and answered to everyone at once without who asked: %j', async (options) => {
    const { noord } = site;
    const [asker = '', other = ''] = noord.people.applicants;
    const call = await noord.openCall(`2027-v-${WAYS.indexOf(options)}`, { days: 60 });
    await noord.draft(call, other);

    const school = await site.signIn(asker, options);
    await school.page.goto(`${site.url}/rondes/${call}`);
    await look(school.page, options);
    await school.page.click(`a[href="/rondes/${call}/vraag"]`);
    await look(school.page, options);
    await press(school.page);
    expect(await school.page.getAttribute('#words', 'aria-invalid')).toBe('true');
    await look(school.page, options);
    await school.page.fill('#words', 'Mag Basisschool De Linde met een pabo meedoen?');
    await press(school.page);
    await school.page.waitForURL(/#vragen$/);
    expect(await school.page.textContent('[aria-labelledby=vragen]')).toContain('De Linde');

    const desk = await site.signIn(noord.people.secretary, options);
    expect(await desk.page.textContent('main')).toContain(
      options.locale === 'nl-NL' ? 'minder dan 3 concepten' : 'fewer than 3 drafts',
    );
    await look(desk.page, options);
    await desk.page.click(`.wt-tiles a[href="/rondes/${call}/vragen"]`);
    await look(desk.page, options);
    await desk.page.click(`a[href^="/rondes/${call}/vragen/"]`);
    await look(desk.page, options);
    await desk.page.fill('#question_nl', '');
    await desk.page.click('button[value=publish]');
    expect(await desk.page.locator('.wt-errorsum li').count()).toBe(3);
    await look(desk.page, options);
    await desk.page.fill('#question_nl', 'Mag een pabo meedoen?');
    await desk.page.fill('#answer_nl', 'Ja. Een pabo telt als partner.');
    await desk.page.check('#anonymous');
    await desk.page.click('button[value=publish]');
    await desk.page.waitForURL(`${site.url}/rondes/${call}/vragen`);

    const visitor = await site.visit(`/rondes/${call}`, options);
    if (options.locale === 'en-GB') await visitor.page.goto(`${site.url}/taal/en?terug=/rondes/${call}`);
    const shown = await visitor.page.textContent('[aria-labelledby=vragen]');
    expect(shown).toContain('Een pabo telt als partner.');
    expect(shown).not.toContain('De Linde');
    await look(visitor.page, options);
    expect(
      [await subjectsTo(asker, 'question-answered'), await subjectsTo(other, 'question-answered')].map((m) => m.length),
    ).toEqual(Array.from({ length: 2 }, () => WAYS.indexOf(options) + 1));
    expect(faultsSaid([...school.said, ...desk.said, ...visitor.said])).toEqual([]);
    for (const { page } of [school, desk, visitor]) await page.context().close();
  });

  it.each(WAYS)('a draft is checked for completeness, no more of it read than was let see: %j', async (options) => {
    const { noord } = site;
    const lead = noord.people.applicants[2] ?? '';
    const call = await noord.openCall(`2027-t-${WAYS.indexOf(options)}`, { days: 60 });
    const id = await noord.draft(call, lead, {
      title: 'Geheim plan',
      content: { summary: 'Alleen voor de commissie bedoeld, later.' },
    });

    const school = await site.signIn(lead, options);
    await school.page.goto(`${site.url}/aanvragen/${id}`);
    await look(school.page, options);
    await school.page.click('a[href$="/volledigheid"]');
    await look(school.page, options);
    for (const part of ['idea', 'partners', 'approach', 'file']) await school.page.uncheck(`#part-${part}`);
    await press(school.page);
    await school.page.waitForSelector('.wt-done');
    await look(school.page, options);

    const desk = await site.signIn(noord.people.secretary, options);
    await desk.page.click(`.wt-tiles a[href^="/rondes/${call}/volledigheid/"]`);
    await look(desk.page, options);
    const words = await desk.page.textContent('main');
    expect(words).not.toContain('Geheim plan');
    expect(words).not.toContain('Alleen voor de commissie');
    await desk.page.fill('#m-schools', '');
    await press(desk.page);
    expect(await desk.page.getAttribute('#m-schools', 'aria-invalid')).toBe('true');
    await look(desk.page, options);
    await desk.page.fill('#m-schools', 'Noem twee scholen.');
    await desk.page.fill('#note', 'Bel gerust.');
    await press(desk.page);
    await desk.page.waitForURL(`${site.url}/`);

    await school.page.goto(`${site.url}/aanvragen/${id}/volledigheid`);
    expect(await school.page.textContent('main')).toContain('Noem twee scholen.');
    await look(school.page, options);
    const { email } = (await noord.one('select email::text from person where id = $1', [lead])) as { email: string };
    await site.linkTo(email, 0, /Noem twee scholen\./);
    expect(faultsSaid([...school.said, ...desk.said])).toEqual([]);
    for (const { page } of [school, desk]) await page.context().close();
  });
});
