#!/usr/bin/env node
// Draws examples/ranking-8.json for docs/fairness.md: one row for each proposal, its rank with the intervals around it, and the line.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareOrExit } from './prepare.mjs';

prepareOrExit();
const { panelOf, rankPanel } = await import('../dist/libs/scoring/src/index.js');
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const input = JSON.parse(readFileSync(join(root, 'examples', 'ranking-8.json'), 'utf8'));
const { ranking } = rankPanel(panelOf(input), { model: 'crossed', places: input.nFundable });
const ranked = [...ranking.proposals].sort((a, b) => a.expectedRank - b.expectedRank);

const [left, top, row, place] = [130, 44, 34, 62];
const [width, height] = [left + place * ranked.length + 20, top + row * ranked.length + 14];
const colours = { accept: '#1d6b3a', random: '#a05a00', reject: '#5b6470' };
const x = (rank) => left + place * (rank - 0.5);
const y = (i) => top + row * (i + 0.5);
const line = x(ranking.fundingLine);

const rows = ranked.map(({ id, group, expectedRank, interval50, interval90 }, i) => {
  const colour = colours[group];
  const bar = ([from, until], half, opacity) =>
    `<rect x="${x(from) - 16}" y="${y(i) - half}" width="${x(until) - x(from) + 32}" height="${2 * half}" rx="3" fill="${colour}" opacity="${opacity}"/>`;
  return [
    `<text x="${left - 12}" y="${y(i) + 5}" text-anchor="end">${id}</text>`,
    bar(interval90, 4, 0.35),
    bar(interval50, 9, 0.6),
    `<circle cx="${x(expectedRank).toFixed(1)}" cy="${y(i)}" r="6" fill="#ffffff" stroke="${colour}" stroke-width="3"/>`,
  ].join('\n  ');
});
const marks = ranked.map((_, i) => `<text x="${x(i + 1)}" y="22" text-anchor="middle" fill="#5b6470">${i + 1}</text>`);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="'Source Sans 3', sans-serif" font-size="15" role="img" aria-label="Plaats / rank 1 – ${ranked.length}">
  <rect width="${width}" height="${height}" fill="#ffffff"/>
  ${marks.join('\n  ')}
  <line x1="${line.toFixed(1)}" y1="30" x2="${line.toFixed(1)}" y2="${height - 8}" stroke="#b3261e" stroke-width="2" stroke-dasharray="6 4"/>
  ${rows.join('\n  ')}
</svg>
`;
writeFileSync(join(root, 'docs', 'pictures', 'ranking-8.svg'), svg);
