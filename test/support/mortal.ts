import { spawn, type ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of the product that is killed again and again, and comes back each time. */
export class Mortal {
  /** How often it died. */
  deaths = 0;
  private child: ChildProcess | undefined;
  private isOver = false;
  private readonly failpoints: string[];
  private said = '';

  constructor(
    private readonly root: string,
    private readonly part: 'server' | 'worker',
    private readonly env: Readonly<Record<string, string>>,
    failpoints: readonly string[],
  ) {
    this.failpoints = [...failpoints];
  }

  /** Starts it with the next failpoint, and again whenever it dies. */
  async live(): Promise<void> {
    const armed = this.failpoints.shift() ?? '';
    const main = pathToFileURL(join(this.root, 'dist', 'apps', 'cli', 'src', 'main.js')).href;
    const script = `const { main } = await import(${JSON.stringify(main)}); process.exitCode = await main([${JSON.stringify(this.part)}]);`;
    const env = { ...process.env, NODE_OPTIONS: '', ...this.env, FAILPOINT: armed };
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    child.on('exit', () => {
      if (this.isOver) return;
      this.deaths += 1;
      void this.live();
    });
    for (let i = 0; i < 400 && !out.includes('runs') && child.exitCode === null && child.signalCode === null; i++)
      await sleep(25);
    if (child.exitCode !== null && child.exitCode !== 0)
      throw new Error(`the ${this.part} did not start: ${this.said}`);
  }

  /** Kills it as a crash would. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** Failpoints that were not reached yet. */
  get left(): number {
    return this.failpoints.length;
  }

  /** Ends it for good; returns its exit code, null when it had to be killed. */
  async end(): Promise<number | null> {
    this.isOver = true;
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 12_000);
    const code = await ended;
    clearTimeout(timer);
    return code;
  }
}
