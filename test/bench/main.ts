import 'reflect-metadata';
import { writeFileSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#lib/settings';
import { benchAllocations } from './allocations.js';
import { benchAssignments } from './assignments.js';
import { openWorld } from './bench-world.js';
import { benchMails } from './mails.js';
import { benchMaxMin } from './max-min.js';
import { benchHistory, benchMoves } from './moves.js';
import { benchPermitted } from './permitted.js';
import { benchRank } from './rank.js';
import { report, type Results } from './table.js';
import { benchTerms } from './terms.js';

const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

/** Measures everything and puts the tables into docs/performance.md. */
async function main(): Promise<void> {
  const world = await openWorld(10_000);
  const results: Results[] = [];
  try {
    for (const bench of [benchHistory, benchMoves, benchMails, benchTerms]) {
      results.push(await bench(world));
      process.stderr.write(`${results.at(-1)?.title ?? ''}: measured\n`);
    }
    results.push(benchPermitted(), benchRank(), benchAssignments(), await benchMaxMin(), benchAllocations());
  } finally {
    await world.close();
  }
  const text = report(results);
  process.stdout.write(text);
  const file = join(projectFolder(), 'docs', 'performance.md');
  const page = existsSync(file) ? readFileSync(file, 'utf8') : `# Performance\n\n${BEGIN}\n${END}\n`;
  const [before = '', after = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
  writeFileSync(file, `${before}${BEGIN}\n\n${text}\n${END}${after}`);
}

await main();
