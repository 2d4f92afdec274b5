#!/usr/bin/env node
// Draws examples/allocation-8.json for docs/fairness.md: a bar of all the money for each rule, cut into what each proposal gets.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareOrExit } from './prepare.mjs';

prepareOrExit();
const { allocate, UNWATCHED } = await import('../dist/libs/funding/src/index.js');
const { highsSolver } = await import('../dist/libs/solver/src/index.js');
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const input = JSON.parse(readFileSync(join(root, 'examples', 'allocation-8.json'), 'utf8'));
const solver = await highsSolver();

const [left, top, row, width] = [90, 36, 62, 700];
const x = (amount) => left + (amount / input.budget) * width;
const thousands = (amount) => String(Math.round(amount / 1000));
const fill = (award, requested) => (award === requested ? '#1d6b3a' : '#a05a00');

const bars = ['stop', 'skip', 'pro-rata', 'optimal'].map((rule, i) => {
  const { awards } = allocate({ input, rule, partial: true }, solver, UNWATCHED);
  const y = top + i * row;
  let paid = 0;
  const parts = awards.map(({ id, amount }) => {
    const { rank, requested } = input.proposals.find((proposal) => proposal.id === id);
    const [from, until] = [x(paid), x((paid += amount))];
    const middle = ((from + until) / 2).toFixed(1);
    return [
      `<rect x="${from.toFixed(1)}" y="${y}" width="${(until - from - 2).toFixed(1)}" height="44" rx="3" fill="${fill(amount, requested)}"/>`,
      `<text x="${middle}" y="${y + 19}" text-anchor="middle" fill="#ffffff" font-weight="700">${rank}</text>`,
      `<text x="${middle}" y="${y + 36}" text-anchor="middle" fill="#ffffff" font-size="13">${thousands(amount)}</text>`,
    ].join('\n  ');
  });
  const rest = `<rect x="${x(paid).toFixed(1)}" y="${y}" width="${(x(input.budget) - x(paid)).toFixed(1)}" height="44" rx="3" fill="none" stroke="#5b6470" stroke-dasharray="5 4"/>`;
  const name = `<text x="${left - 12}" y="${y + 27}" text-anchor="end">${rule}</text>`;
  return [name, ...parts, ...(paid < input.budget ? [rest] : [])].join('\n  ');
});
const marks = [0, 10, 20, 30, 40, 50].map(
  (thousand) =>
    `<text x="${x(thousand * 1000).toFixed(1)}" y="22" text-anchor="middle" fill="#5b6470">${thousand}</text>`,
);
const height = top + bars.length * row;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 20} ${height}" width="${left + width + 20}" height="${height}" font-family="'Source Sans 3', sans-serif" font-size="15" role="img">
  <title>Wie krijgt het geld / Who gets the money</title>
  <desc>Vier regels, elk een balk van 50.000 euro: plaats en bedrag in duizenden; groen alles, oranje een deel, gestippeld wat overblijft. Four rules, each a bar of 50,000 euro: place and amount in thousands; green all, orange a part, dashed what is left.</desc>
  <rect width="${left + width + 20}" height="${height}" fill="#ffffff"/>
  ${marks.join('\n  ')}
  ${bars.join('\n  ')}
</svg>
`;
writeFileSync(join(root, 'docs', 'pictures', 'allocation-8.svg'), svg);
