/** Counts to a number of steps of a few milliseconds; looks whether it is still wanted only when it is polite. */
export function compute({ steps, polite = true }, { progress, isCancelled }) {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < steps; i++) {
    if (polite && isCancelled()) return 'cancelled';
    progress(i / steps);
    Atomics.wait(pause, 0, 0, 5);
  }
  if (steps === 13) throw new Error('thirteen');
  return steps;
}
