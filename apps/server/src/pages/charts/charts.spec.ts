import { describe, expect, it } from '@jest/globals';
import { fundingLineSvg } from './funding-line.js';
import { rankIntervalSvg } from './rank-interval.js';
import { sparkline } from './sparkline.js';

describe('the money line', () => {
  const items = [
    { place: '1', cents: 600, amount: '€ 6', fits: true },
    { place: '2', cents: 400, amount: '€ 4', fits: false },
  ];

  it('draws a bar per proposal as wide as its amount, and the ceiling', () => {
    const svg = fundingLineSvg(items, 700, { width: 102, title: 'x', label: 'Budget € 7' });
    expect(svg.match(/<rect [^>]*>/g)).toEqual([
      '<rect x="1" y="34" width="58.5" height="48" rx="3" class="in"/>',
      '<rect x="61" y="34" width="38.5" height="48" rx="3" class="outb"/>',
    ]);
    expect(svg).toContain('<line x1="71" x2="71"');
  });

  it('says where the money ends, and in a bar with room which amount it is', () => {
    const label = 'Budget € 7';
    expect(fundingLineSvg(items, 700, { width: 102, title: 'x', label })).toMatch(/text-anchor="end"[^>]*>Budget € 7</);
    expect(fundingLineSvg(items, 700, { width: 102, title: 'x', label })).not.toContain('>€ 6<');
    expect(fundingLineSvg(items, 700, { width: 202, title: 'x', label })).toContain('>€ 6<');
  });

  it('never runs through the words of a bar', () => {
    const svg = fundingLineSvg(items, 750, { width: 402, title: 'x', label: '' });
    expect(svg).toContain('<line x1="301" x2="301"');
    // The second bar stands from 241 to 401: its words are in the wider part, behind the line.
    expect(svg).toContain('<text x="351" y="55" text-anchor="middle" font-size="16" class="">2</text>');
  });

  it('has a title that says the conclusion, without markup of its own', () => {
    expect(fundingLineSvg(items, 700, { width: 102, title: 'Alles <past> & meer', label: '' })).toContain(
      '<title>Alles past  meer</title>',
    );
  });

  it('draws nothing strange without proposals', () => {
    expect(fundingLineSvg([], 0, { width: 102, title: 'x', label: 'Budget € 7' })).not.toMatch(/NaN|Infinity/);
  });
});

describe('the margin of a place', () => {
  const all = { of: 9, line: 5 };

  it('is a bar from the best to the worst reasonable place, with a dot at the expected one', () => {
    const svg = rankIntervalSvg({ lo: 2, hi: 7, expectedRank: 4 }, all);
    expect(svg).toMatch(/<rect x="17" y="6" width="73" height="8"/);
    expect(svg).toContain('<circle class="ivp" cx="47"');
  });

  it('shows the money line between the last that gets money and the next, and none when all or nobody get it', () => {
    const cut = (line: number): boolean =>
      rankIntervalSvg({ lo: 1, hi: 2, expectedRank: 1.5 }, { of: 9, line }).includes('class="cut"');
    expect([cut(0), cut(5), cut(9)]).toEqual([false, true, false]);
    expect(rankIntervalSvg({ lo: 1, hi: 2, expectedRank: 1.5 }, all)).toContain('x1="66.5" x2="66.5"');
  });

  it('holds one proposal alone', () => {
    expect(rankIntervalSvg({ lo: 1, hi: 1, expectedRank: 1 }, { of: 1, line: 1 })).not.toMatch(/NaN|Infinity/);
  });
});

describe('the dots of the reviews', () => {
  it('stand on their place of the scale, above each other when they are equal', () => {
    const svg = sparkline([1, 5, 5], 3, { min: 1, max: 5 });
    expect(svg.match(/cx="[\d.]+" cy="\d+"/g)).toEqual(['cx="8" cy="24"', 'cx="112" cy="24"', 'cx="112" cy="15"']);
    expect(svg).toContain('M60 31');
  });

  it('carry no style, so that no policy for content stands in the way', () => {
    expect(sparkline([1], null, { min: 1, max: 1 })).not.toMatch(/style=|NaN/);
  });
});
