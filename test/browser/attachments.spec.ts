import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { docxOf, pdfOf, pngOf } from '#lib/testing';
import { axeFaults, HAS_BROWSER, overflow } from '../support/browser.js';
import { BrowserSite } from '../support/browser-site.js';

(HAS_BROWSER ? describe : describe.skip)('attachments in a browser', () => {
  let site: BrowserSite;
  let call: string;
  beforeAll(async () => {
    site = await BrowserSite.open();
    call = await site.noord.openCall();
    await site.noord.seatAll(call);
  });
  afterAll(() => site.close());

  const pdf = (name: string): { name: string; mimeType: string; buffer: Buffer } => ({
    ...{ name, mimeType: 'application/pdf', buffer: pdfOf(name) },
  });
  const looking = (page: Page, can: boolean) => async (): Promise<void> => {
    // Without scripts nothing can look at the page from inside; it is the same markup.
    if (can) expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
  };

  it.each([
    { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
    { javaScriptEnabled: false, width: 390, locale: 'en-GB' },
  ] as const)('are added, refused with a sentence, taken out, and submitted: %j', async (options) => {
    const { noord } = site;
    const applicant = noord.people.applicants[0] ?? '';
    const { page, said } = await site.signIn(applicant, options);
    const look = looking(page, options.javaScriptEnabled);
    const id = await noord.draft(call, applicant, { unproven: true });
    await page.goto(`${site.url}/aanvragen/${id}/onderdelen/attachments`);
    await look();
    const add = async (file: { name: string; mimeType: string; buffer: Buffer } | null): Promise<void> => {
      if (file !== null) await page.setInputFiles('#answers-attachments-bestand', file);
      await page.click('form[enctype] button');
    };
    await add(null);
    await page.waitForSelector('.wt-errorsum');
    expect(await page.textContent('.wt-errorsum')).toMatch(/Kies eerst een bestand|Choose a file first/);
    await add({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
    const sentence = { 'nl-NL': 'past niet bij de naam', 'en-GB': 'does not fit its name' }[options.locale];
    await page.waitForSelector(`.wt-errorsum :text("${sentence}")`);
    expect(await page.title()).toMatch(/^(Fout|Error):/);
    await look();
    await add(pdf('schoolplan één.pdf'));
    await page.waitForSelector('.wt-files li');
    await add({ name: 'begroting.docx', mimeType: 'application/octet-stream', buffer: docxOf() });
    await page.waitForSelector('.wt-files li:nth-child(2)');
    expect(await page.textContent('.wt-files')).toContain('schoolplan één.pdf');
    await look();
    await page.click('.wt-files li:nth-child(2) button');
    await page.waitForSelector('.wt-files li:nth-child(2)', { state: 'detached' });
    expect(await page.locator('.wt-files li').count()).toBe(1);
    await page.click('.wt-actions--form .nl-button--primary');
    await page.waitForURL(/\/onderdelen\/file$/);
    await page.goto(`${site.url}/aanvragen/${id}/controleren`);
    await look();
    const download = page.waitForEvent('download');
    await page.click('.wt-files a');
    expect((await download).suggestedFilename()).toBe('schoolplan één.pdf');
    await page.click('form[action$="/indienen"] button');
    await page.waitForURL(/\/ingediend$/);
    await look();
    expect(await page.textContent('.wt-files')).toMatch(/schoolplan één\.pdf [0-9a-f]{64}/);
    await page.goto(`${site.url}/aanvragen/${id}`);
    await look();
    expect(await page.textContent('.wt-files')).toContain('schoolplan één.pdf');
    expect(said.filter((line) => !line.includes('422') && !line.includes('400'))).toEqual([]);
    await page.context().close();
  });

  it('of a question among others are added without losing what was typed beside it', async () => {
    const { noord } = site;
    const sketch = {
      ...{ part: 'idea', label: { nl: 'Een schets', en: 'A sketch' }, schema: { type: 'array', maxItems: 2 } },
      ...{ kind: 'files', accepts: ['png'], optional: true, reviewers: true },
    };
    await noord.look.query(
      `update regulation set content = jsonb_set(content, '{questions}', $1) where region = 'noord'`,
      [JSON.stringify({ 'answers.sketch': sketch })],
    );
    const other = await noord.openCall('2027-S');
    const applicant = noord.people.applicants[3] ?? '';
    const { page } = await site.signIn(applicant, { javaScriptEnabled: false });
    const id = await noord.draft(other, applicant, { title: 'Kas', content: {} });
    const address = `${site.url}/aanvragen/${id}/onderdelen/idea`;
    await page.goto(address);
    await page.fill('#summary', 'Half getypt');
    await page.click('button[value=files]');
    await page.setInputFiles('#answers-sketch-bestand', {
      ...{ name: 'schets.png', mimeType: 'image/png', buffer: pngOf(10, 10) },
    });
    await page.click('form[enctype] button');
    expect(await page.textContent('.wt-files')).toContain('schets.png');
    await page.goto(address);
    expect(await page.inputValue('#summary')).toBe('Half getypt');
    await page.fill('#summary', 'Half getypt, en nu helemaal af: een meetkas.');
    await page.click('.wt-actions--form button[value=next]');
    const { content } = await noord.one('select content from proposal where id = $1', [id]);
    expect(content).toMatchObject({
      summary: 'Half getypt, en nu helemaal af: een meetkas.',
      answers: { sketch: [{ name: 'schets.png' }] },
    });
    await page.context().close();
  });

  it('are read by the secretary and the reviewer, who are told that nothing scanned them', async () => {
    const { noord } = site;
    const { applicants, members, secretary } = noord.people;
    const [, , applicant = ''] = applicants;
    const [, , reviewer = ''] = members;
    const writing = await site.signIn(applicant);
    const id = await noord.draft(call, applicant);
    await writing.page.goto(`${site.url}/aanvragen/${id}/onderdelen/attachments`);
    await writing.page.setInputFiles('#answers-attachments-bestand', pdf('schoolplan.pdf'));
    await writing.page.click('form[enctype] button');
    await writing.page.waitForSelector('#answers-attachments .wt-files');
    await noord.act('proposal', id, 'submit', applicant);
    const desk = await site.signIn(secretary, { width: 390 });
    await desk.page.goto(`${site.url}/aanvragen/${id}`);
    expect(await desk.page.textContent('.wt-files')).toMatch(/schoolplan\.pdf[^]*Niet op virussen gecontroleerd/);
    await looking(desk.page, true)();
    await noord.act('proposal', id, 'admit', secretary);
    const review = await noord.assign(id, reviewer);
    await noord.act('proposal', id, 'start-review', secretary);
    await noord.act('review', review, 'accept', reviewer);
    const reading = await site.signIn(reviewer, { width: 390, locale: 'en-GB' });
    await reading.page.goto(`${site.url}/oordelen/${review}`);
    expect(await reading.page.textContent('#voorstel .wt-files')).toContain('Not checked for viruses');
    await looking(reading.page, true)();
    const download = reading.page.waitForEvent('download');
    await reading.page.click('#voorstel .wt-files a');
    expect((await download).suggestedFilename()).toBe('schoolplan.pdf');
    for (const { page } of [writing, desk, reading]) await page.context().close();
  });
});
