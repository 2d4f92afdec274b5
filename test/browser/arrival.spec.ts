import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dateOf, wallTimeOf } from '#lib/kernel';
import { axeFaults, HAS_BROWSER, overflow, sampled } from '../support/browser.js';
import { BrowserSite } from '../support/browser-site.js';
import { contentOfOost } from '../support/round-people.js';
import type { TestRound } from '../support/test-round.js';

let site: BrowserSite;
let oost: TestRound;
let call: string;
/** Refused on the ceiling, granted, and three that are complete on one day. */
let refused: string;
let granted: string;
let tied: string[];

const DAY_MINUTES = 24 * 60;
const daysAgo = async (days: number): Promise<string> =>
  new Date(Date.parse(await oost.database.now()) - days * DAY_MINUTES * 60_000).toISOString();
const applicant = (who: number): string => oost.people.applicants[who] ?? '';

const submitted = async (who: number, days: number, cents = 400_000): Promise<string> => {
  const id = await oost.draft(call, applicant(who), { content: contentOfOost(cents) });
  await oost.act('proposal', id, 'submit', applicant(who), {}, { receivedAt: await daysAgo(days) });
  await oost.reviewed(id, [8, 7]);
  return id;
};

const open = async (): Promise<void> => {
  site = await BrowserSite.open({ members: 12, applicants: 6 }, 'oost');
  oost = site.noord;
  call = await oost.openCall('2027-1', { openMinutes: 30 * DAY_MINUTES });
  await oost.seatAll(call);
  await oost.one('update ceiling set total_cents = 1000000 where call_id = $1', [call]);
  granted = await submitted(0, 9);
  refused = await submitted(1, 8, 700_000);
  tied = [await submitted(2, 5), await submitted(3, 5), await submitted(4, 5)];
  await oost.prepared(granted);
  await oost.act('proposal', granted, 'grant', oost.people.decider);
  const money = { outcome: 'refuse', ground: 'ceiling' };
  await oost.act('proposal', refused, 'advise', oost.people.members[0] ?? '', {
    ...{ outcome: 'grant', reasonsPerCriterion: oost.reasons },
  });
  await oost.act('proposal', refused, 'prepare-decision', oost.people.secretary, {
    reasons: 'Het geld is op.',
    ...money,
  });
  await oost.act('proposal', refused, 'refuse', oost.people.decider);
};

(HAS_BROWSER ? describe : describe.skip)('the pages of a call in order of arrival', () => {
  beforeAll(open, 120_000);
  afterAll(() => site.close());

  it.each(
    sampled([
      { locale: 'nl-NL', width: 390 },
      { locale: 'en-GB', width: 1280 },
      { locale: 'en-GB', width: 390 },
      { locale: 'nl-NL', width: 1280 },
    ] as const),
  )(
    'fit the window and have no fault of accessibility: %j',
    async (options) => {
      const shots = process.env['SHOTS'];
      const look = async (who: string, pages: Readonly<Record<string, string>>): Promise<void> => {
        const { page, said } = await site.signIn(who, options);
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(`${site.url}${path}`);
          expect([name, await axeFaults(page), await overflow(page)]).toEqual([name, [], 0]);
          if (shots !== undefined)
            await page.screenshot({ path: `${shots}/${name}-${options.locale}-${options.width}.png`, fullPage: true });
        }
        expect(said).toEqual([]);
        await page.context().close();
      };
      const { secretary, decider, members } = oost.people;
      await look(secretary, {
        ...{ order: `/rondes/${call}/volgorde`, assign: `/rondes/${call}/toewijzen`, call: `/rondes/${call}` },
        ...{
          lots: `/rondes/${call}/loting`,
          outage: `/rondes/${call}/storing`,
          commit: `/rondes/${call}/acties/commit-lots`,
          'hub-staff': `/aanvragen/${tied[0]}`,
        },
      });
      await look(members[0] ?? '', { 'lay-advice': `/rondes/${call}/volgorde/voorleggen` });
      await look(decider, { decide: '/besluiten', start: '/', extend: `/rondes/${call}/acties/extend` });
      await look(applicant(1), {
        'hub-refused': `/aanvragen/${refused}`,
        'decision-refused': `/aanvragen/${refused}/besluit`,
      });
      await look(applicant(0), { 'decision-granted': `/aanvragen/${granted}/besluit` });
      await look(applicant(2), { 'hub-waiting': `/aanvragen/${tied[0]}` });
    },
    180_000,
  );

  it('take down an outage, propose the new closing, and publish it with its reason', async () => {
    const { secretary, decider } = oost.people;
    const minutes = async (ago: number): Promise<string> => wallTimeOf(await daysAgo(ago / DAY_MINUTES));
    await oost.one(`update call set closes_at = app_now() + interval '30 minutes' where id = $1`, [call]);
    const office = await site.signIn(secretary, { width: 390 });
    await office.page.goto(`${site.url}/rondes/${call}/storing`);
    await office.page.fill('#startsAt', await minutes(1));
    await office.page.fill('#note', 'De stroom viel uit.');
    await office.page.click('main form button');
    expect(await office.page.textContent('main')).toContain('Vul het begin en het einde in.');
    expect(await axeFaults(office.page)).toEqual([]);
    expect(await office.page.inputValue('#note')).toBe('De stroom viel uit.');
    await office.page.fill('#startsAt', await minutes(20));
    await office.page.fill('#endsAt', await minutes(2));
    await office.page.click('main form button');
    await office.page.waitForURL(`${site.url}/rondes/${call}`);
    expect(await office.page.textContent('#sluiting ~ p')).toContain('De stroom viel uit.');
    const board = await site.signIn(decider);
    expect(await board.page.textContent('main')).toContain('Een storing raakte de sluiting van een ronde');
    await board.page.goto(`${site.url}/rondes/${call}/acties/extend`);
    const proposed = await board.page.inputValue('#newClosing');
    expect(proposed > (await minutes(0))).toBe(true);
    await board.page.fill('#reason', 'Door de storing kon men niet indienen.');
    await board.page.click('form#inhoud-formulier button');
    await board.page.waitForURL(`${site.url}/rondes/${call}`);
    const anybody = await site.visit(`/rondes/${call}`, { width: 390 });
    expect(await anybody.page.textContent('#sluiting ~ p:last-of-type')).toContain('Door de storing kon men niet');
    expect([await axeFaults(anybody.page), await overflow(anybody.page)]).toEqual([[], 0]);
    const shots = process.env['SHOTS'];
    if (shots !== undefined) await anybody.page.screenshot({ path: `${shots}/call-extended.png`, fullPage: true });
  }, 120_000);

  it('bring three proposals of one day from advice through lots to the last euro, each person at the own screen', async () => {
    const { secretary, decider, members } = oost.people;
    const chair = await site.signIn(members[0] ?? '');
    await chair.page.goto(`${site.url}/rondes/${call}/volgorde/voorleggen`);
    await chair.page.click('form button.nl-button--primary');
    await chair.page.waitForURL(`${site.url}/rondes/${call}/volgorde`);
    const office = await site.signIn(secretary);
    await office.page.goto(`${site.url}/rondes/${call}/acties/commit-lots`);
    await office.page.fill('#arrivalDay', dateOf(await daysAgo(5)));
    await office.page.fill('#publicSource', 'De slotkoers van de AEX');
    await office.page.fill('#publicAt', '2020-01-01T17:00');
    await office.page.click('form#inhoud-formulier button');
    expect(await office.page.textContent('.wt-errors, [role=alert]')).toContain('kies een later moment');
    expect(await office.page.inputValue('#publicSource')).toBe('De slotkoers van de AEX');
    await office.page.fill('#publicAt', '2099-01-01T17:00');
    await office.page.click('form#inhoud-formulier button');
    await office.page.waitForURL(`${site.url}/rondes/${call}`);
    // The public value would be known in 2099.
    await oost.one(`update lots_draw set public_at = app_now() where call_id = $1`, [call]);
    const board = await site.signIn(decider);
    await board.page.goto(`${site.url}/`);
    expect(await board.page.textContent('main')).toContain('Er wacht een loting op u');
    await board.page.goto(`${site.url}/rondes/${call}/acties/draw-lots`);
    await board.page.fill('#publicValue', '912,34');
    await board.page.click('form#inhoud-formulier button');
    await board.page.waitForURL(`${site.url}/rondes/${call}`);
    await office.page.goto(`${site.url}/rondes/${call}/volgorde/voorleggen`);
    await office.page.click('form button.nl-button--primary');
    await office.page.waitForURL(`${site.url}/rondes/${call}/volgorde`);
    await board.page.goto(`${site.url}/besluiten`);
    for (const id of tied) await board.page.check(`[name="besluit.${id}"]`);
    await board.page.click('button[value=check]');
    await board.page.click('button[value=decide]');
    await board.page.waitForURL(`${site.url}/besluiten`);
    const { rows } = await oost.look.query(
      'select outcome, count(*)::int as n from proposal where id = any ($1) group by 1 order by 1',
      [tied],
    );
    expect(rows).toEqual([
      { outcome: 'granted', n: 1 },
      { outcome: 'refused', n: 2 },
    ]);
    const anybody = await site.visit(`/rondes/${call}/loting`);
    expect(await anybody.page.textContent('main')).toContain('openssl dgst -sha256 -hmac');
    expect(await axeFaults(anybody.page)).toEqual([]);
  }, 180_000);
});
