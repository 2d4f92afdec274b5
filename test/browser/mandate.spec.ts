import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { calendarDate } from '#lib/kernel';
import { importSchools, loadActors } from '#lib/people';
import { projectFolder } from '#lib/settings';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, type BrowserOptions } from '../support/browser-site.js';

(HAS_BROWSER ? describe : describe.skip)('a school board in a browser', () => {
  let site: BrowserSite;
  const config = join(projectFolder(), 'config');
  beforeAll(async () => {
    site = await BrowserSite.open({ members: 1, applicants: 6 });
    const bytes = readFileSync(join(config, 'demo', 'schools.csv'));
    const asOf = calendarDate('2026-11-01');
    await importSchools(site.noord.look, { bytes, name: 'schools.csv', asOf, level: 'PO', isComplete: false });
    await loadActors(site.noord.look, readFileSync(join(config, 'registry', 'actors.yaml'), 'utf8'));
  });
  afterAll(() => site.close());

  const shots = process.env['SHOTS'];
  const look = async (page: Page, { javaScriptEnabled = true, locale, width }: BrowserOptions): Promise<void> => {
    if (shots !== undefined) {
      const name = new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'x').replaceAll('/', '_');
      await page.screenshot({ path: `${shots}/${name}-${locale ?? ''}-${width ?? ''}.png`, fullPage: true });
    }
    if (!javaScriptEnabled) return;
    expect([page.url(), await axeFaults(page), await overflow(page)]).toEqual([page.url(), [], 0]);
  };
  const personOf = async (email: string): Promise<string> =>
    String((await site.noord.one('select id from person where email = $1', [email]))['id']);
  let runs = 0;

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 1280, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const),
  )('answers for two schools with one login, and keeps its own mandates: %j', async (options) => {
    const { noord } = site;
    const run = runs++;
    const call = await noord.openCall(`2027-m${run}`);
    const proposal = await noord.draft(call, noord.people.applicants[run] ?? '', { title: `Kas ${run}` });

    const lead = await site.signIn(noord.people.applicants[run] ?? '', options);
    await lead.page.goto(`${site.url}/aanvragen/${proposal}/partijen`);
    await look(lead.page, options);
    for (const school of ['groningen regenboog noord', 'groningen sleutel']) {
      await lead.page.fill('#search', school);
      await lead.page.click('button[value=search]');
      await look(lead.page, options);
      await lead.page.click('.wt-found button');
      await lead.page.fill('#contactName', 'D. Directeur');
      await lead.page.fill('#email', `directeur${run}@school.example`);
      await lead.page.fill('#task', 'Doet mee met groep 8.');
      await lead.page.click('button[value=ask]');
    }
    await look(lead.page, options);
    expect(
      await noord.one(`select array_agg(institution order by institution) as brins from party where proposal_id = $1`, [
        proposal,
      ]),
    ).toEqual({ brins: ['90AA', '90AB'] });

    const email = `bestuur${run}@scholen.example`;
    await noord.look.query(`insert into person (email, name) values ($1, 'B. Bestuurder')`, [email]);
    const desk = await site.signIn(noord.people.coordinator, options);
    await desk.page.goto(`${site.url}/schoolbestuur`);
    await look(desk.page, options);
    await desk.page.fill('#zoek', 'groningen sleutel');
    await desk.page.click('.wt-form button');
    await look(desk.page, options);
    await desk.page.click('a[href="/schoolbestuur/90001/machtigingen"]');
    await look(desk.page, options);
    await desk.page.fill('#holderName', 'B. Bestuurder');
    await desk.page.fill('#holder', email);
    await desk.page.check('#kind-confirm');
    await desk.page.check('#isSignatory');
    await desk.page.click('.wt-form .nl-button--primary');
    expect(await desk.page.locator('.wt-errorsum li').count()).toBe(1);
    expect(await desk.page.inputValue('#holder')).toBe(email);
    await look(desk.page, options);
    await desk.page.fill('#evidence', 'Besluit van het bestuur van 4 januari 2027');
    await desk.page.click('.wt-form .nl-button--primary');
    await look(desk.page, options);
    await site.linkTo(email, 0, /machtigd|mandate/);

    const board = await site.signIn(await personOf(email), options);
    await board.page.goto(`${site.url}/`);
    await look(board.page, options);
    await board.page.click('.wt-tile a[href="/schoolbestuur"]');
    for (const left of [2, 1]) {
      await look(board.page, options);
      const waiting = board.page.locator('section[aria-labelledby=te-doen] a', { hasText: `Kas ${run}` });
      expect(await waiting.count()).toBe(left);
      await waiting.first().click();
      await look(board.page, options);
      await board.page.fill('#position', 'bestuurder');
      await board.page.check('#agree');
      await board.page.click('button[value=confirm]');
      await board.page.waitForURL(`${site.url}/schoolbestuur`);
    }
    expect(
      await noord.one(
        `select array_agg(state) as states, bool_and(answered_name = 'B. Bestuurder') as named from party where proposal_id = $1`,
        [proposal],
      ),
    ).toEqual({ states: ['confirmed', 'confirmed'], named: true });
    await look(board.page, options);

    await board.page.click('a[href="/schoolbestuur/90001/machtigingen"]');
    await board.page.fill('#holderName', 'A. Ander');
    await board.page.fill('#holder', `ander${run}@scholen.example`);
    await board.page.check('#kind-apply');
    await board.page.check('#scope-1');
    await board.page.check('#school-90AB');
    await board.page.click('.wt-form .nl-button--primary');
    await look(board.page, options);
    const given = board.page.locator('.wt-condition', { hasText: `ander${run}@scholen.example` });
    expect(await given.textContent()).toContain('De Sleutel');
    await given.locator('button').click();
    expect(
      await noord.one('select ended_at is not null as ended from mandate where holder = $1', [
        `ander${run}@scholen.example`,
      ]),
    ).toEqual({ ended: true });
    expect([...lead.said, ...desk.said, ...board.said].filter((line) => !line.includes('422'))).toEqual([]);
    for (const { page } of [lead, desk, board]) await page.context().close();
  });

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 1280, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const),
  )('finds a partner in the registry that the national office keeps: %j', async (options) => {
    const { noord } = site;
    const run = runs++;
    const name = `Kwekerij ${run}`;
    const email = `bureau${run}@x.example`;
    await noord.look.query(
      `with p as (insert into person (email, name) values ($1, 'Bureau') returning id)
        insert into role_assignment (region, person_id, role) select 'landelijk', id, 'national-office' from p`,
      [email],
    );
    const office = await site.signIn(await personOf(email), options);
    await office.page.goto(`${site.url}/organisaties`);
    await look(office.page, options);
    await office.page.click('a[href="/organisaties/nieuw"]');
    await office.page.fill('#name', name);
    await office.page.fill('#kvk', '12');
    await office.page.fill('#regions', 'NOORD!');
    await office.page.click('.wt-form .nl-button--primary');
    await look(office.page, options);
    expect(await office.page.locator('.wt-errorsum li').count()).toBe(1);
    await office.page.fill('#regions', 'noord');
    await office.page.fill('#kvk', `${run}`);
    await office.page.click('.wt-form .nl-button--primary');
    await look(office.page, options);
    await office.page.click('.wt-tile a');
    await office.page.fill('#place', 'Assen');
    await look(office.page, options);
    await office.page.click('.wt-form .nl-button--primary');

    const applicant = noord.people.applicants[run] ?? '';
    const call = await noord.openCall(`2027-r${run}`);
    const proposal = await noord.draft(call, applicant, { content: {} });
    const { page, said } = await site.signIn(applicant, options);
    await page.goto(`${site.url}/aanvragen/${proposal}/onderdelen/partners`);
    await page.fill('#partners-search', `kwekerij ${run} assen`);
    await page.click('button[value="search:partners"]');
    await look(page, options);
    await page.click('.wt-found button');
    await look(page, options);
    expect(await noord.one(`select content -> 'partners' as partners from proposal where id = $1`, [proposal])).toEqual(
      {
        partners: [{ name, kind: 'COMPANY', kvk: String(run).padStart(8, '0'), benefitCents: 0 }],
      },
    );
    expect([...said, ...office.said].filter((line) => !line.includes('422'))).toEqual([]);
    for (const one of [page, office.page]) await one.context().close();
  });

  it('changes a registered initiative and what partners may read, with the words kept when something is missing', async () => {
    for (const options of sampled([
      { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 1280, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const)) {
      const { page, said } = await site.signIn(site.noord.people.applicants[0] ?? '', options);
      await page.goto(`${site.url}/initiatieven/nieuw`);
      await page.fill('#title', 'Kas');
      await page.fill('#what', 'Meten in een kas.');
      await page.check('#need-partners');
      await page.check('#consent-what');
      await page.click('button[value=register]');
      await page.waitForURL(/\/initiatieven\/[0-9a-f-]{36}$/);
      await look(page, options);
      await page.click('a[href$="/wijzigen"]');
      await look(page, options);
      await page.fill('#title', '');
      await page.fill('#what', 'Meten in twee kassen.');
      await page.uncheck('#consent-what');
      await page.click('button[value=keep]');
      expect([await page.inputValue('#what'), await page.locator('.wt-errorsum li').count()]).toEqual([
        'Meten in twee kassen.',
        1,
      ]);
      await look(page, options);
      await page.fill('#title', 'Twee kassen');
      await page.click('button[value=keep]');
      await page.waitForURL(/\/initiatieven\/[0-9a-f-]{36}$/);
      expect(
        await site.noord.one('select title, consent, phase from initiative where id = $1', [
          page.url().split('/').at(-1),
        ]),
      ).toEqual({ title: 'Twee kassen', consent: [], phase: 'submitted' });
      expect(said.filter((line) => !line.includes('422'))).toEqual([]);
      await page.context().close();
    }
  });
});
