import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { pdfOf } from '#lib/testing';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, type BrowserOptions } from '../support/browser-site.js';

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

(HAS_BROWSER ? describe : describe.skip)('secretary, chair and decider in a browser', () => {
  let site: BrowserSite;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 6, applicants: 6 });
  });
  afterAll(() => site.close());

  const look = async (page: Page, { javaScriptEnabled = true }: BrowserOptions): Promise<void> => {
    if (!javaScriptEnabled) return;
    expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };
  const press = (page: Page): Promise<void> => page.click('.wt-form .nl-button--primary');

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 1280, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 390, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const),
  )(
    'bring a call from intake to announcement, and the applicant reads and prints the decision: %j',
    async (options) => {
      const { noord } = site;
      const { secretary, members, decider, applicants } = noord.people;
      const call = await noord.openCall(`2027-${options.width}-${String(options.javaScriptEnabled)}`);
      await noord.seatAll(call);
      const good = await noord.scored(call, applicants[0] ?? '', 5);
      const weak = await noord.scored(call, applicants[1] ?? '', 2);
      const fresh = await noord.draft(call, applicants[2] ?? '');
      await noord.act('proposal', fresh, 'submit', applicants[2] ?? '');

      const desk = await site.signIn(secretary, options);
      const { page } = desk;
      await look(page, options);
      await page.goto(`${site.url}/aanvragen/${fresh}`);
      await look(page, options);
      await page.click('a[href$="/acties/admit"]');
      await look(page, options);
      await press(page);
      await page.goto(`${site.url}/rondes/${call}`);
      await look(page, options);
      await page.click('a[href$="/toewijzen"]');
      await look(page, options);
      for (let i = 0; i < 3; i++) await page.click(`[id="${fresh}"] .wt-filter button`);
      await page.click(`[id="${fresh}"] a[href$="/start-review"]`);
      await press(page);
      const { rows } = await noord.look.query<{ id: string; reviewer: string }>(
        'select id, reviewer_id as reviewer from review where proposal_id = $1',
        [fresh],
      );
      expect(rows).toHaveLength(3);
      for (const { id, reviewer } of rows) await noord.review(id, reviewer, 4);
      await page.goto(`${site.url}/aanvragen/${fresh}/acties/close-review`);
      await press(page);
      await page.goto(`${site.url}/rondes/${call}/rangschikking`);
      await page.click('form[action$="/rangschikking"] button');
      await look(page, options);
      expect(await page.locator('.wt-rank__row').count()).toBe(3);

      const chair = await site.signIn(members[0] ?? '', options);
      await chair.page.goto(`${site.url}/rondes/${call}/rangschikking`);
      await chair.page.click('a[href$="/voorleggen"]');
      await look(chair.page, options);
      await press(chair.page);

      await page.goto(`${site.url}/rondes/${call}/rangschikking`);
      await page.click('a[href$="/voorleggen"]');
      await look(page, options);
      await press(page);
      await look(page, options);

      const board = await site.signIn(decider, options);
      await board.page.goto(`${site.url}/besluiten`);
      await look(board.page, options);
      for (const id of [good, weak, fresh]) await board.page.check(`#b-${id}`);
      await board.page.click('button[value=check]');
      await look(board.page, options);
      await board.page.click('button[value=decide]');
      expect(
        await noord.one(`select count(*)::int as n from proposal where call_id = $1 and phase = 'decided'`, [call]),
      ).toEqual({ n: 3 });
      await board.page.goto(`${site.url}/rondes/${call}/acties/close-early`);
      await board.page.fill('#reason', 'Alles is binnen.');
      await press(board.page);
      await board.page.goto(`${site.url}/rondes/${call}/acties/announce`);
      await look(board.page, options);
      await press(board.page);
      await look(board.page, options);
      expect([...desk.said, ...chair.said, ...board.said]).toEqual([]);

      const school = await site.signIn(applicants[0] ?? '', options);
      await school.page.goto(`${site.url}/aanvragen/${good}`);
      await school.page.click('.wt-now .nl-button--primary');
      await look(school.page, options);
      const words = await school.page
        .locator('.wt-letter :is(h1, h2, p:not(.wt-kicker), li, caption, th, td)')
        .allTextContents();
      expect(words.join(' ')).toContain(options.locale === 'nl-NL' ? '€ 4.000,00' : '€4,000.00');
      const printed = await school.page.request.get(`${site.url}/aanvragen/${good}/besluit.pdf`);
      expect(printed.headers()['content-type']).toBe('application/pdf');
      if (hasPoppler) expectSameWords(words, await printed.body());
      await school.page.click('a[href$="/bezwaar"]');
      await look(school.page, options);
      await school.page.click('.wt-form .nl-button--primary');
      expect(await school.page.getAttribute('#reasons', 'aria-invalid')).toBe('true');
      await school.page.fill('#reasons', 'Het bedrag is te laag.');
      await school.page.click('.wt-form .nl-button--primary');
      await school.page.waitForSelector('.wt-done');
      await look(school.page, options);
      const file = { name: 'bezwaar.pdf', mimeType: 'application/pdf', buffer: pdfOf('bezwaar') };
      await school.page.setInputFiles('#bestand', file);
      await school.page.click('#bestanden button');
      await school.page.waitForSelector('#bestanden .wt-files a');
      await look(school.page, options);
      await page.goto(`${site.url}/`);
      await page.click('.wt-tiles a[href$="/bezwaar"]');
      await look(page, options);
      expect(await noord.one('select in_time from objection where proposal_id = $1', [good])).toEqual({
        in_time: true,
      });
      for (const { page: open } of [desk, chair, board, school]) await open.context().close();
    },
  );

  it('shows an applicant and a member no page of the staff, and nobody a decision before it is announced', async () => {
    const { noord } = site;
    const { members, applicants, secretary } = noord.people;
    const call = await noord.openCall('2027-dicht');
    await noord.seatAll(call);
    const id = await noord.scored(call, applicants[3] ?? '', 4);
    await noord.rank(call);
    await noord.prepared(id);
    await noord.act('proposal', id, 'grant', noord.people.decider);
    const paths = [
      `/rondes/${call}/rangschikking`,
      `/rondes/${call}/aanvragen`,
      `/rondes/${call}/toewijzen`,
      '/besluiten',
      `/aanvragen/${id}/besluit`,
    ];
    for (const person of [applicants[3] ?? '', applicants[4] ?? '', members[4] ?? '']) {
      const { page } = await site.signIn(person);
      for (const path of paths) expect([path, (await page.goto(`${site.url}${path}`))?.status()]).toEqual([path, 404]);
      await page.context().close();
    }
    const { page } = await site.signIn(secretary);
    expect((await page.goto(`${site.url}/besluiten`))?.status()).toBe(404);
    await page.context().close();
  });
});

const squeezed = (text: string): string => text.replace(/[\s\u00ad]+/g, '');

/** Page and print say the same, in the same order. */
function expectSameWords(words: readonly string[], pdf: Buffer): void {
  const file = join(mkdtempSync(join(tmpdir(), 'besluit-')), 'besluit.pdf');
  writeFileSync(file, pdf);
  const text = squeezed(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }));
  let from = 0;
  for (const one of words.filter((word) => word.trim() !== '')) {
    const at = text.indexOf(squeezed(one), from);
    expect([one, at >= from]).toEqual([one, true]);
    from = at;
  }
}
