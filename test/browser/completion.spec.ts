import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, until, type BrowserOptions } from '../support/browser-site.js';
import { eligibleContent } from '../support/round-people.js';
import { REASONS } from '../support/test-round.js';
import { regulate } from '../support/variant-region.js';

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
const WAYS = sampled([
  { javaScriptEnabled: true, width: 1280, locale: 'nl-NL' },
  { javaScriptEnabled: true, width: 390, locale: 'en-GB' },
  { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
] as const);

(HAS_BROWSER ? describe : describe.skip)('completing and being heard in a browser', () => {
  let site: BrowserSite;
  let calls = 0;
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 6, applicants: 6 });
  });
  afterAll(() => site.close());

  const look = async (page: Page, { javaScriptEnabled = true }: BrowserOptions): Promise<void> => {
    if (!javaScriptEnabled) return;
    expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };
  const press = (page: Page): Promise<void> => page.click('.wt-form .nl-button--primary');
  const openCall = (): Promise<string> => site.noord.openCall(`2027-b${(calls += 1)}`);
  const submitted = async (call: string, by: string, content: Record<string, unknown>): Promise<string> => {
    const id = await site.noord.draft(call, by, { content });
    await site.noord.act('proposal', id, 'submit', by);
    return id;
  };

  it.each(WAYS)(
    'the secretary asks by question, and the applicant completes only what was asked: %j',
    async (options) => {
      const { noord } = site;
      const [applicant = ''] = noord.people.applicants;
      const call = await openCall();
      const id = await submitted(
        call,
        applicant,
        eligibleContent({ payee: {}, answers: { approach: 'x'.repeat(40) } }),
      );

      const desk = await site.signIn(noord.people.secretary, options);
      const asking = desk.page;
      await asking.goto(`${site.url}/aanvragen/${id}`);
      await look(asking, options);
      await asking.click('a[href$="/acties/ask-completion"]');
      await look(asking, options);
      const ticked = await asking
        .locator('input[name^="missing."]:checked')
        .evaluateAll((all) => all.map((one) => (one as unknown as { name: string }).name));
      expect(ticked.sort()).toEqual(['missing.answers.goal', 'missing.payee.iban', 'missing.payee.name']);
      for (const name of ticked) await asking.uncheck(`[name="${name}"]`);
      await press(asking);
      expect(await asking.locator('.wt-errorsum').count()).toBe(1);
      desk.said.length = 0; // the browser tells the 422 that was meant to come
      await look(asking, options);
      for (const name of ['payee.iban', 'payee.name']) await asking.check(`[name="missing.${name}"]`);
      await asking.fill('#note', 'Vul de rekening van het schoolbestuur in.');
      await press(asking);
      await look(asking, options);
      expect(
        await noord.one('select completion_asked_for -> $2 as asked from proposal where id = $1', [id, 'questions']),
      ).toEqual({
        asked: ['payee.name', 'payee.iban'],
      });

      const school = await site.signIn(applicant, options);
      const { page } = school;
      await look(page, options);
      await page.goto(`${site.url}/aanvragen/${id}`);
      await look(page, options);
      expect(await page.locator('.wt-now li a').count()).toBe(2);
      await page.goto(`${site.url}/aanvragen/${id}/onderdelen/idea`);
      await look(page, options);
      expect(await page.locator('.wt-form :is(input:not([type=hidden]), textarea)').count()).toBe(0);
      await page.goto(`${site.url}/aanvragen/${id}`);
      await page.click('.wt-now .nl-button--primary');
      await look(page, options);
      await page.fill('#payee-name', 'Stichting Scholen Voorbeeld');
      await page.fill('#payee-iban', 'NL02 ABNA 0123 4567 89');
      await page.click('.wt-actions--form button[value=next]');
      await page.waitForURL(/controleren$/);
      await look(page, options);
      expect(await page.locator('.wt-answers__head a').count()).toBe(1);
      await press(page);
      await page.waitForURL(/ingediend$/);
      await look(page, options);
      expect(
        await noord.one('select state, content -> $2 as payee from proposal where id = $1', [id, 'payee']),
      ).toEqual({
        state: 'Submitted',
        payee: { name: 'Stichting Scholen Voorbeeld', iban: 'NL02ABNA0123456789' },
      });
      await page.goto(`${site.url}/aanvragen/${id}`);
      expect(await page.locator('.wt-hash').count()).toBe(2);
      await look(page, options);
      expect([...desk.said, ...school.said]).toEqual([]);
      for (const { page: open } of [desk, school]) await open.context().close();
    },
  );

  it('a part that is sent with more than was asked keeps the rest as it was', async () => {
    const { noord } = site;
    const [, applicant = ''] = noord.people.applicants;
    const id = await submitted(await openCall(), applicant, eligibleContent({ payee: {} }));
    await noord.act('proposal', id, 'ask-completion', noord.people.secretary, { missing: ['payee.iban'] });
    const { page } = await site.signIn(applicant);
    await page.goto(`${site.url}/aanvragen/${id}/onderdelen/budget`);
    await page.evaluate(() => {
      interface Field {
        name: string;
        value: string;
      }
      const { document } = globalThis as unknown as {
        document: {
          createElement: (tag: string) => Field;
          querySelector: (s: string) => { appendChild: (field: Field) => void };
        };
      };
      const more = document.createElement('input');
      document
        .querySelector('.wt-form form')
        .appendChild(Object.assign(more, { name: 'budget.requestedCents', value: '9.999' }));
    });
    await page.click('.wt-actions--form button[value=later]');
    expect(
      await noord.one(`select content #>> '{budget,requestedCents}' as asked from proposal where id = $1`, [id]),
    ).toEqual({ asked: '400000' });
    await page.context().close();
  });

  it.each(WAYS)('the applicant is heard before a refusal, and the decider reads it: %j', async (options) => {
    const { noord } = site;
    const [, , applicant = ''] = noord.people.applicants;
    const { secretary, decider } = noord.people;
    const id = await submitted(await openCall(), applicant, eligibleContent());
    await noord.act('proposal', id, 'propose-refusal', secretary, {
      ...{ ground: 'condition', reasons: 'Er doet maar één school mee.', restsOnOthersFacts: true },
    });
    const desk = await site.signIn(secretary, options);
    await desk.page.goto(`${site.url}/aanvragen/${id}/acties/ask-view`);
    await look(desk.page, options);
    await desk.page.fill('#about', 'Volgens het schoolbestuur doet de tweede school niet mee.');
    await press(desk.page);
    await look(desk.page, options);

    const school = await site.signIn(applicant, options);
    const { page } = school;
    await look(page, options);
    await page.goto(`${site.url}/aanvragen/${id}`);
    await look(page, options);
    await page.click('.wt-now .nl-button--primary');
    await look(page, options);
    expect(await page.locator('blockquote').textContent()).toContain('tweede school niet mee');
    await page.fill('#view', 'De school doet wel mee.');
    await press(page);
    await look(page, options);
    expect(await page.locator('#zienswijze').count()).toBe(1);

    const board = await site.signIn(decider, options);
    await board.page.goto(`${site.url}/besluiten`);
    await look(board.page, options);
    await board.page.goto(`${site.url}/aanvragen/${id}`);
    await look(board.page, options);
    expect(await board.page.textContent('main')).toContain('De school doet wel mee.');
    await board.page.goto(`${site.url}/aanvragen/${id}/acties/refuse`);
    await press(board.page);
    expect(await noord.one('select state from proposal where id = $1', [id])).toEqual({ state: 'RefusedOnIntake' });
    expect([...desk.said, ...school.said, ...board.said]).toEqual([]);
    for (const { page: open } of [desk, school, board]) await open.context().close();
  });

  it.each([
    ['AWB', ['voorwaarde van de regeling', 'drempel niet', 'artikel 4:25', 'volgens de regeling niet mee']],
    ['REGLEMENT', ['voorwaarde van ons reglement', 'drempel niet', 'budgetplafond', 'volgens ons reglement niet mee']],
  ] as const)('every ground has its own paragraph on page and in print: %s', async (regime, paragraphs) => {
    const { noord } = site;
    const { secretary, decider, applicants } = noord.people;
    await regulate(noord, { regime });
    const call = await openCall();
    await noord.seatAll(call);
    const unmet = await submitted(call, applicants[0] ?? '', eligibleContent({ partners: [] }));
    const weak = await noord.scored(call, applicants[1] ?? '', 2);
    const good = await noord.scored(call, applicants[2] ?? '', 4);
    await noord.rank(call);
    await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
    const late = await submitted(call, applicants[3] ?? '', eligibleContent());
    for (const [id, ground] of [
      [unmet, 'condition'],
      [late, 'late'],
    ] as const)
      await noord.act('proposal', id, 'propose-refusal', secretary, { ground, reasons: 'Wij keken er samen naar.' });
    await noord.prepared(weak, { outcome: 'refuse', ground: 'threshold' });
    await noord.prepared(good, { outcome: 'refuse', ground: 'ceiling' });
    for (const id of [unmet, weak, good, late]) await noord.act('proposal', id, 'refuse', decider);
    await noord.act('call', call, 'announce', decider);
    for (const [i, id] of [unmet, weak, good, late].entries()) {
      const { page } = await site.signIn(applicants[i] ?? '');
      await page.goto(`${site.url}/aanvragen/${id}/besluit`);
      await look(page, {});
      const said = paragraphs[i] ?? '';
      expect(await page.textContent('.wt-letter')).toContain(said);
      if (id === good) expect(await page.textContent('.wt-letter')).toContain('plaats 1 van de reservelijst');
      const printed = await page.request.get(`${site.url}/aanvragen/${id}/besluit.pdf`);
      if (hasPoppler) expect(textOf(await printed.body())).toContain(said.replace(/\s+/g, ''));
      await page.context().close();
    }
  });

  it('a decision not to process tells what was asked, and can be objected to at once', async () => {
    const { noord } = site;
    const { secretary, decider, applicants } = noord.people;
    await regulate(noord, { regime: 'AWB' });
    const [, , , applicant = ''] = applicants;
    const id = await submitted(await openCall(), applicant, eligibleContent({ payee: {} }));
    await noord.act('proposal', id, 'ask-completion', secretary, { missing: ['payee.iban'] });
    await noord.look.query(`update term set due_at = app_now() where subject_id = $1 and name = 'completion'`, [id]);
    const desk = await site.signIn(secretary);
    const state = 'select state from proposal where id = $1';
    await until(async () => (await noord.one(state, [id]))['state'] === 'NotCompleted');
    await desk.page.goto(`${site.url}/`);
    await look(desk.page, {});
    await desk.page.goto(`${site.url}/aanvragen/${id}/acties/propose-not-processing`);
    await look(desk.page, {});
    await desk.page.fill('#reasons', 'Zonder rekening kunnen wij niet betalen.');
    await press(desk.page);
    const board = await site.signIn(decider, { width: 390, locale: 'en-GB' });
    await board.page.goto(`${site.url}/besluiten`);
    await look(board.page, {});
    await board.page.check(`#b-${id}`);
    await board.page.click('button[value=check]');
    await look(board.page, {});
    await board.page.click('button[value=decide]');
    const { page } = await site.signIn(applicant);
    await page.goto(`${site.url}/aanvragen/${id}`);
    await page.click('.wt-now .nl-button--primary');
    await look(page, {});
    const words = await page.textContent('.wt-letter');
    for (const said of ['buiten behandeling', 'artikel 4:5 van', 'Op welke rekening kan het geld komen?', 'tot en met'])
      expect(words).toContain(said);
    const printed = await page.request.get(`${site.url}/aanvragen/${id}/besluit.pdf`);
    if (hasPoppler) expect(textOf(await printed.body())).toContain('artikel4:5vandeAlgemenewetbestuursrecht');
    for (const one of [desk.page, board.page, page]) await one.context().close();
  });

  it('the letter of a partial award tells how the amount came about', async () => {
    const { noord } = site;
    const { secretary, decider, members, applicants } = noord.people;
    await regulate(noord, { regime: 'AWB', distribution: { partialAwards: true } });
    const call = await openCall();
    await noord.seatAll(call);
    const [, , , , applicant = ''] = applicants;
    const id = await noord.scored(call, applicant, 4);
    await noord.act('proposal', id, 'advise', members[0] ?? '', {
      ...{ outcome: 'grant', amountCents: 350_000, reasonsPerCriterion: REASONS },
    });
    await noord.act('proposal', id, 'prepare-decision', secretary, {
      ...{ outcome: 'grant', amountCents: 300_000, reasons: 'De huur van de zaal is niet nodig.' },
      deviationReason: 'De school heeft zelf een zaal.',
    });
    await noord.act('proposal', id, 'grant', decider);
    await noord.rank(call);
    await noord.act('call', call, 'close-early', decider, { reason: 'Alles is binnen.' });
    await noord.act('call', call, 'announce', decider);
    const { page } = await site.signIn(applicant, { width: 390, locale: 'en-GB' });
    await page.goto(`${site.url}/aanvragen/${id}/besluit`);
    await look(page, {});
    const words = await page.textContent('.wt-letter');
    const amounts = [
      '€8,000.00',
      'At most half of the costs',
      '€3,500.00',
      '€3,000.00',
      '€1,000.00 less',
      '€2,000.00 the plan',
    ];
    for (const said of amounts) expect(words).toContain(said);
    const printed = await page.request.get(`${site.url}/aanvragen/${id}/besluit.pdf`);
    if (hasPoppler) expect(textOf(await printed.body())).toContain('€1,000.00less');
    await regulate(noord, { distribution: { partialAwards: false } });
    await page.context().close();
  });
});

/** The text of a print without spaces and soft hyphens: lines break elsewhere than on a page. */
function textOf(pdf: Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'besluit-')), 'besluit.pdf');
  writeFileSync(file, pdf);
  return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replace(/[\s\u00ad]+/g, '');
}
