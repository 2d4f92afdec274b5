import type { ExitCode, Terminal } from './command.js';

export interface InputFault {
  /** JSON Pointer (RFC 6901) of the faulty value; empty for the whole input. */
  readonly pointer: string;
  readonly message: string;
}

/** Tells every fault of an input at once as problem+json (RFC 9457) on standard error; exit code 2. */
export function unusable(terminal: Terminal, errors: readonly InputFault[]): ExitCode {
  const problem = {
    type: 'about:blank',
    title: 'The input cannot be used.',
    status: 400,
    detail: `${errors.length} fault(s) found.`,
    errors,
  };
  terminal.err(JSON.stringify(problem, null, 2));
  return 2;
}
