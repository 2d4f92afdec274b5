import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite, type BrowserOptions, type Visit } from '../support/browser-site.js';
import { CRITERIA } from '../support/test-round.js';

(HAS_BROWSER ? describe : describe.skip)('a reviewer in a browser', () => {
  let site: BrowserSite;
  let call: string;
  beforeAll(async () => {
    site = await BrowserSite.open();
    call = await site.noord.openCall();
    await site.noord.seatAll(call);
  });
  afterAll(() => site.close());

  /** A proposal under review by one member, who has the mail that asks for it. */
  const asked = async (member: number): Promise<{ review: string; person: string }> => {
    const { noord } = site;
    const [applicant = ''] = noord.people.applicants;
    const person = noord.people.members[member] ?? '';
    const id = await noord.draft(call, applicant);
    await noord.act('proposal', id, 'submit', applicant);
    await noord.act('proposal', id, 'admit', noord.people.secretary);
    const review = await noord.assign(id, person);
    await noord.act('proposal', id, 'start-review', noord.people.secretary);
    return { review, person };
  };
  const accepted = async (member: number, options: BrowserOptions = {}): Promise<Visit & { review: string }> => {
    const { review, person } = await asked(member);
    await site.noord.act('review', review, 'accept', person);
    const visit = await site.signIn(person, options);
    await visit.page.goto(`${site.url}/oordelen/${review}`);
    return { ...visit, review };
  };
  const addressOf = async (person: string): Promise<string> =>
    String((await site.noord.one('select email::text from person where id = $1', [person]))['email']);
  const stateOf = async (review: string): Promise<unknown> =>
    (await site.noord.one('select state from review where id = $1', [review]))['state'];

  it.each(
    sampled([
      { javaScriptEnabled: true, width: 390, locale: 'nl-NL' },
      { javaScriptEnabled: true, width: 1280, locale: 'en-GB' },
      { javaScriptEnabled: false, width: 390, locale: 'nl-NL' },
    ] as const),
  )('goes from the list to a submitted review: %j', async (options) => {
    const { review, person } = await asked(1);
    const { page, said } = await site.signIn(person, options);
    const look = async (): Promise<void> => {
      if (!options.javaScriptEnabled) return;
      expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
    };
    await page.goto(`${site.url}/oordelen`);
    await look();
    await page.goto(await site.linkTo(await addressOf(person), 0, new RegExp(`http\\S+/oordelen/${review}`)));
    await look();
    expect(await page.textContent('.wt-facts')).toContain('Technisch Bedrijf Voorbeeld');
    expect(await page.locator('#voorstel').count()).toBe(0);
    await page.click('form[action$="/aannemen"] button');
    await look();
    expect(await page.textContent('#voorstel')).not.toContain('NL02ABNA0123456789');
    for (const [i, key] of CRITERIA.entries()) {
      // By keyboard: the boxes are radio buttons.
      await page.focus(`input[name="score.${key}"]`);
      await page.keyboard.press('Space');
      if (options.javaScriptEnabled) await page.keyboard.press('ArrowRight');
      await page.fill(`#t${i + 1}`, 'Helder en haalbaar.');
    }
    await page.click('button[value=check]');
    await look();
    await page.click('form[action$="/indienen"] button');
    await page.waitForURL(/\/ingediend$/);
    await look();
    expect(await stateOf(review)).toBe('Submitted');
    const { rows } = await site.noord.look.query<{ score: string }>(
      'select score::text from review_score where review_id = $1',
      [review],
    );
    expect(rows.map(({ score }) => score)).toEqual(Array(4).fill(options.javaScriptEnabled ? '2' : '1'));
    expect(said).toEqual([]);
    await page.context().close();
  });

  it('sees first what is missing, and cannot hand in before', async () => {
    const { page, review } = await accepted(2);
    await page.fill('#t1', 'Alleen een reden.');
    await page.click('button[value=check]');
    expect(await page.locator('#open + ul li').count()).toBe(4);
    expect(await page.locator('form[action$="/indienen"] button').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    expect(await stateOf(review)).toBe('Accepted');
    await page.context().close();
  });

  it('declares an interest with a reason and sees the proposal no more', async () => {
    const { page, review } = await accepted(3);
    await page.click('a[href$="/belang"]');
    await page.click('.wt-form .nl-button--primary');
    expect(await page.getAttribute('#reason', 'aria-invalid')).toBe('true');
    await page.fill('#reason', 'Ik werk voor de partner.');
    expect(await axeFaults(page)).toEqual([]);
    await page.click('.wt-form .nl-button--primary');
    await page.waitForURL(/\/oordelen$/);
    expect(await stateOf(review)).toBe('Recused');
    await page.goto(`${site.url}/oordelen/${review}`);
    expect(await page.textContent('main')).not.toContain('waterzuivering');
    await page.context().close();
  });

  it('chooses which version stays when two windows hold the same review', async () => {
    const { page, review } = await accepted(4, { javaScriptEnabled: false });
    const other = await page.context().newPage();
    await other.goto(page.url());
    await page.fill('#t1', 'Uit venster een.');
    await page.click('button[value=later]');
    await other.fill('#t1', 'Uit venster twee.');
    await other.click('button[value=check]');
    expect(await other.inputValue('#t1')).toBe('Uit venster twee.');
    await other.click('button[value=overwrite]');
    expect(
      await site.noord.one('select reason from review_score where review_id = $1 and reason <> $2', [review, '']),
    ).toEqual({ reason: 'Uit venster twee.' });
    await page.context().close();
  });

  it('keeps what was written while the server was away', async () => {
    const { page, review } = await accepted(5, { width: 390 });
    await page.fill('#t1', 'Voor de storing.');
    await page.waitForSelector('#opslagstatus[data-state=saved]');
    await site.stopServer();
    await page.fill('#t1', 'Voor de storing, en erna.');
    await page.waitForSelector('#opslagstatus[data-state=error]');
    await site.startServer();
    await page.waitForSelector('#opslagstatus[data-state=saved]', { timeout: 15_000 });
    expect(
      await site.noord.one(`select reason from review_score where review_id = $1 and reason <> ''`, [review]),
    ).toEqual({ reason: 'Voor de storing, en erna.' });
    await page.context().close();
  });
});
