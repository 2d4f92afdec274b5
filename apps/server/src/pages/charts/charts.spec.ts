import { describe, expect, it } from '@jest/globals';
import { fundingLineSvg } from './funding-line.js';
import { sparkline } from './sparkline.js';

describe('the money line', () => {
  const items = [
    { place: '1', cents: 600, fits: true },
    { place: '2', cents: 400, fits: false },
  ];

  it('draws a bar per proposal as wide as its amount, and the ceiling', () => {
    const svg = fundingLineSvg(items, 700, { width: 102, title: 'x' });
    expect(svg.match(/<rect [^>]*>/g)).toEqual([
      '<rect x="1" y="34" width="58.5" height="48" rx="3" class="in"/>',
      '<rect x="61" y="34" width="38.5" height="48" rx="3" class="outb"/>',
    ]);
    expect(svg).toContain('<line x1="71" x2="71"');
  });

  it('has a title that says the conclusion, without markup of its own', () => {
    expect(fundingLineSvg(items, 700, { width: 102, title: 'Alles <past> & meer' })).toContain(
      '<title>Alles past  meer</title>',
    );
  });

  it('draws nothing strange without proposals', () => {
    expect(fundingLineSvg([], 0, { width: 102, title: 'x' })).not.toMatch(/NaN|Infinity/);
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
