import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pdfOf } from '#lib/testing';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, type BrowserOptions, type Visit } from '../support/browser-site.js';

(HAS_BROWSER ? describe : describe.skip)('an applicant in a browser', () => {
  let site: BrowserSite;
  let call: string;
  beforeAll(async () => {
    site = await BrowserSite.open();
    call = await site.noord.openCall();
  });
  afterAll(() => site.close());

  /** A draft of a person who is signed in, on its page. */
  const begin = async (applicant: number, options: BrowserOptions = {}): Promise<Visit & { id: string }> => {
    const person = site.noord.people.applicants[applicant] ?? '';
    const visit = await site.signIn(person, options);
    const id = await site.noord.draft(call, person, { title: '…', content: {} });
    await visit.page.goto(`${site.url}/aanvragen/${id}`);
    return { ...visit, id };
  };
  const next = (page: Page): Promise<void> => page.click('.wt-actions--form button[value=next]');
  const saved = (page: Page): Promise<unknown> => page.waitForSelector('#opslagstatus[data-state=saved]');
  const contentOf = (id: string): Promise<Record<string, unknown>> =>
    site.noord.one('select title, content from proposal where id = $1', [id]);

  const fill = async (page: Page, values: Readonly<Record<string, string>>): Promise<void> => {
    for (const [id, value] of Object.entries(values)) await page.fill(`#${id}`, value);
  };

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 1280, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 390, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const),
  )('writes all parts, checks and submits: %j', async (options) => {
    const { page, id, said } = await begin(0, options);
    const look = async (): Promise<void> => {
      // Without scripts nothing can look at the page from inside; it is the same markup.
      if (!options.javaScriptEnabled) return;
      expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
    };
    await look();
    await page.click('.wt-now .nl-button--primary');
    await look();
    await fill(page, {
      title: 'Leren meten in de kas',
      summary: 'Leerlingen ontwerpen een meetopstelling voor een groentekas.',
      'answers-goal': 'Ze leren meten, modelleren en uitleggen wat zij zien.',
    });
    await next(page);
    await page.check('#lead-kind-0');
    await page.fill('#lead-name', 'Basisschool De Voorbeeldige');
    for (const [at, site] of ['90AA', '90ab00'].entries()) {
      await fill(page, {
        [`schools-${at}-name`]: `School ${at}`,
        [`schools-${at}-site`]: site,
        [`schools-${at}-board`]: '90001',
        [`schools-${at}-province`]: 'Drenthe',
      });
      await page.click('button[value="add:schools"]');
      await page.waitForSelector(`#schools-${at + 1}-name`);
    }
    await fill(page, { 'partners-0-name': 'Kwekerij Voorbeeld', 'partners-0-kvk': '90000001' });
    await page.selectOption('#partners-0-kind', 'COMPANY');
    await page.selectOption('#partners-0-kind', 'COMPANY');
    await look();
    await next(page);
    await fill(page, {
      'answers-approach': 'Eerst twee klassen, na de meivakantie alle groepen.',
      'plan-months': '12',
    });
    await page.check('#plan-startsAfterClosing-0');
    await next(page);
    // One group of three digits is thousands by the sign of the page's language only.
    const thousands = (n: number): string => `${n}${options.locale === 'nl-NL' ? '.' : ','}000`;
    await fill(page, { 'budget-lines-0-label': 'Meetkoffers', 'budget-lines-0-cents': thousands(6) });
    await page.click('button[value="add:budget.lines"]');
    await fill(page, {
      'budget-lines-1-label': 'Begeleiding',
      'budget-lines-1-cents': '2.000,00',
      'budget-totalCents': '',
    });
    await fill(page, {
      'budget-requestedCents': '4000',
      'budget-ownCashCents': thousands(2),
      'budget-inKindCents': '2000',
      'budget-thirdPartyCents': '0',
      'budget-minimumCents': thousands(3),
    });
    await look();
    await next(page);
    await page.waitForURL(/\/bijlagen$/);
    await look();
    await page.setInputFiles('#answers-schoolPlanFiles-bestand', {
      ...{ name: 'schoolplan.pdf', mimeType: 'application/pdf', buffer: pdfOf('schoolplan') },
    });
    await page.click('#answers-schoolPlanFiles form[enctype] button');
    await page.waitForSelector('#answers-schoolPlanFiles .wt-files');
    await look();
    await page.click('.wt-actions--form .nl-button--primary');
    await page.check('#file-curriculumIntegration-0');
    await fill(page, { 'payee-name': 'Stichting Voorbeeld', 'payee-iban': 'nl02 abna 0123 4567 89' });
    await next(page);
    expect(page.url()).toContain('/controleren');
    await look();
    expect(await page.locator('h1').textContent()).toBe(
      options.locale === 'nl-NL' ? 'Controleer uw aanvraag' : 'Check your proposal',
    );
    expect(await site.noord.one('select complete, eligible from proposal where id = $1', [id])).toEqual({
      complete: true,
      eligible: true,
    });
    await page.click('form[action$="/indienen"] button');
    await page.waitForURL(/\/ingediend$/);
    await look();
    const { content_hash: hash } = (await site.noord.one('select content_hash from receipt where proposal_id = $1', [
      id,
    ])) as { content_hash: string };
    expect(await page.textContent('code')).toBe(hash);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it.each([
    { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
    { javaScriptEnabled: false, width: 1280, locale: 'nl-NL' },
  ] as const)('asks a partner, who confirms its own part by the link in a mail: %j', async (options) => {
    const { page, id, said } = await begin(2, options);
    const look = async (one: Page): Promise<void> => {
      if (options.javaScriptEnabled) expect([await axeFaults(one), await overflow(one)]).toEqual([[], 0]);
    };
    await page.click('a[href$="/partijen"]');
    await look(page);
    const email = `kas${options.width}@x.example`;
    await fill(page, {
      organisation: 'Kwekerij',
      contactName: 'T. van Dam',
      email,
      task: 'Twee kassen.',
      cashCents: '500',
    });
    await page.click('button[value=ask]');
    await look(page);
    await page.goto(`${site.url}/aanvragen/${id}/controleren`);
    expect(await page.textContent('section[aria-labelledby=open]')).toContain('Kwekerij');
    await look(page);
    await page.goto(`${site.url}/aanvragen/${id}`);
    const link = await site.linkTo(email, 0, /http\S+\/partij\/\S+/);
    expect(site.mailbox.list(email)[0]?.text).not.toContain('…');
    const partner = await site.visit(new URL(link).pathname, options);
    await look(partner.page);
    expect(await partner.page.textContent('main')).toContain('€ 500,00');
    // The plan has no name yet, nor has its lead applicant: the person who asks stands in for it.
    const { name } = (await site.noord.one('select name from person where id = $1', [
      site.noord.people.applicants[2],
    ])) as { name: string };
    expect(await partner.page.textContent('main')).toContain(`${name} dient een aanvraag in.`);
    await partner.page.click('button[value=confirm]');
    expect(await partner.page.locator('.wt-errorsum li').count()).toBe(3);
    await look(partner.page);
    await partner.page.fill('#name', 'T. van Dam');
    await partner.page.fill('#position', 'Eigenaar');
    await partner.page.check('#agree');
    await partner.page.click('button[value=confirm]');
    await partner.page.waitForLoadState();
    await look(partner.page);
    expect(
      await site.noord.one('select state, answered_function as f from party where proposal_id = $1', [id]),
    ).toEqual({ state: 'confirmed', f: 'Eigenaar' });
    expect(said).toEqual([]);
    await page.context().close();
    await partner.page.context().close();
  });

  it('may submit with open points, which the page names', async () => {
    const { page, id } = await begin(2);
    await page.goto(`${site.url}/aanvragen/${id}/controleren`);
    expect(await page.textContent('#open')).toContain('open punten');
    await page.click('form[action$="/indienen"] button');
    await page.waitForURL(/\/ingediend$/);
    expect(await site.noord.one('select phase, complete from proposal where id = $1', [id])).toEqual({
      phase: 'submitted',
      complete: false,
    });
    await page.context().close();
  });

  it('keeps what was typed and is no amount, and says how to repair it', async () => {
    const { page, id } = await begin(2);
    await page.goto(`${site.url}/aanvragen/${id}/onderdelen/budget`);
    await page.fill('#budget-requestedCents', 'tien euro');
    await next(page);
    expect(await page.inputValue('#budget-requestedCents')).toBe('tien euro');
    expect(await page.title()).toMatch(/^Fout:/);
    expect(await page.getAttribute('#budget-requestedCents', 'aria-invalid')).toBe('true');
    expect(await axeFaults(page)).toEqual([]);
    await page.fill('#budget-requestedCents', '10');
    await next(page);
    expect((await contentOf(id))['content']).toMatchObject({ budget: { requestedCents: 1000 } });
    await page.context().close();
  });

  it('loses nothing when the server dies while one types: it is saved when the server is back', async () => {
    const { page, id } = await begin(3);
    await page.goto(`${site.url}/aanvragen/${id}/onderdelen/idea`);
    await page.fill('#title', 'Voor de storing');
    await saved(page);
    await site.stopServer();
    await page.fill('#summary', 'Getypt terwijl de dienst weg was, en daarna bewaard.');
    await page.waitForSelector('#opslagstatus[data-state=error]');
    await site.startServer();
    await page.waitForSelector('#opslagstatus[data-state=saved]', { timeout: 15_000 });
    expect((await contentOf(id))['content']).toMatchObject({
      summary: 'Getypt terwijl de dienst weg was, en daarna bewaard.',
    });
    await page.context().close();
  });

  it('finds what was typed again after loading the page anew while the server was away', async () => {
    const { page, id } = await begin(3);
    await page.goto(`${site.url}/aanvragen/${id}/onderdelen/idea`);
    await site.stopServer();
    await page.fill('#summary', 'Niet bewaard, wel getypt, en dus niet weg.');
    await page.waitForSelector('#opslagstatus[data-state=error]');
    await site.startServer();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    expect(await page.inputValue('#summary')).toBe('Niet bewaard, wel getypt, en dus niet weg.');
    await saved(page);
    await page.context().close();
  });

  it('is asked which version stays when two windows change the same part, and may change different parts freely', async () => {
    const { page, id } = await begin(3, { javaScriptEnabled: false });
    const address = `${site.url}/aanvragen/${id}/onderdelen`;
    const other = await page.context().newPage();
    await page.goto(`${address}/idea`);
    await other.goto(`${address}/idea`);
    await page.fill('#title', 'Venster een');
    await next(page);
    await other.fill('#title', 'Venster twee');
    await other.click('.wt-actions--form button[value=next]');
    expect(await other.inputValue('#title')).toBe('Venster twee');
    expect((await contentOf(id))['title']).toBe('Venster een');
    await other.click('button[value=overwrite]');
    expect((await contentOf(id))['title']).toBe('Venster twee');
    await page.goto(`${address}/approach`);
    await other.goto(`${address}/idea`);
    await other.fill('#title', 'Nog een keer');
    await other.click('.wt-actions--form button[value=next]');
    await page.fill('#plan-months', '8');
    await next(page);
    expect(await contentOf(id)).toMatchObject({ title: 'Nog een keer', content: { plan: { months: 8 } } });
    await page.context().close();
  });

  it('is not asked about the own words that were stored already: an autosave whose answer comes late', async () => {
    const { page, id } = await begin(3, { javaScriptEnabled: false });
    const address = `${site.url}/aanvragen/${id}/onderdelen/idea`;
    const early = await page.context().newPage();
    await page.goto(address);
    await early.goto(address);
    for (const one of [early, page]) await one.fill('#title', 'Dezelfde woorden');
    await next(early);
    await next(page);
    expect(page.url()).not.toBe(address);
    expect((await contentOf(id))['title']).toBe('Dezelfde woorden');
    await page.context().close();
  });

  it.each([true, false])(
    'signs in again without losing a word when the session has ended (scripts: %s)',
    async (javaScriptEnabled) => {
      const { page, id } = await begin(3, { javaScriptEnabled });
      await page.goto(`${site.url}/aanvragen/${id}/onderdelen/idea`);
      await site.noord.look.query('update session set ended_at = app_now() where ended_at is null');
      const words = `Getypt na het uitloggen, met "aanhalingstekens" en <b>tekens</b> (${String(javaScriptEnabled)}).`;
      await page.fill('#summary', words);
      await next(page);
      const person = site.noord.people.applicants[3] ?? '';
      await site.noord.look.query(`update person set password_hash = $2 where id = $1`, [
        person,
        await hashOf('een lang wachtwoord'),
      ]);
      const { email } = (await site.noord.one('select email::text from person where id = $1', [person])) as {
        email: string;
      };
      if (javaScriptEnabled) expect(await axeFaults(page)).toEqual([]);
      await page.fill('#email', email);
      await page.fill('#password', 'een lang wachtwoord');
      await page.click('form[action="/inloggen"] button');
      await page.click('.wt-form .nl-button--primary');
      expect((await contentOf(id))['content']).toMatchObject({ summary: words });
      await page.context().close();
    },
  );
});

const hashOf = async (password: string): Promise<string> => {
  const { hash } = await import('@node-rs/argon2');
  return hash(password);
};
