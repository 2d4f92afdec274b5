import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';

// The headless shell is the same engine without the window around it, which costs more than the pages do.
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser'];
const executablePath =
  NAMES.map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()).find(
    (path) => path !== '',
  ) ?? '';

/** Whether this machine has a browser to look with. */
export const HAS_BROWSER = executablePath !== '';

/**
 * Ways to go through the same pages: all of them with FULL=1; a sample takes the last two, which differ in language, or scripts, and width. Each
 * takes minutes on a slow machine.
 */
export function sampled<Way>(ways: readonly Way[]): readonly Way[] {
  return process.env['FULL'] === '1' ? ways : ways.slice(-2);
}

/** A browser without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

// Less than half the size of what the package exports, and each page reads it anew.
const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Faults of accessibility on the page as it stands, with the element. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  // Not through the page: its policy lets no script in.
  const ask = async (expression: string): Promise<unknown> =>
    (await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  if ((await ask('typeof axe')) === 'undefined') await ask(`${AXE};0`);
  const run = `axe.run({ resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes.map((n) => n.target).join(' ')))`;
  const faults = (await ask(run)) as readonly string[];
  await session.detach();
  return faults;
}

/** How many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { documentElement: { clientWidth: number; scrollWidth: number } };
    };
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
}
