/** What FAILPOINT in the environment says: a name, and at which passing of it the process dies. Nothing in production. */
const [armed, at] = process.env['NODE_ENV'] === 'production' ? [] : (process.env['FAILPOINT'] ?? '').split(':');
const passings = Number(at ?? '1');
let passed = 0;

/** A named point at which a test kills the process as a crash would, to show that nothing is lost there. */
export function failpoint(name: string): void {
  if (name !== armed) return;
  passed += 1;
  if (passed === passings) process.kill(process.pid, 'SIGKILL');
}
