/** Where a command reads and writes; standard output carries the answer and nothing else. */
export interface Terminal {
  /** The text of FILE, relative to the caller's folder, or of standard input for `-`; refused when it is longer than `mostBytes`. */
  read(file: string, mostBytes?: number): Promise<string>;
  out(text: string): void;
  err(text: string): void;
  /** How wide a table may be; 80 when nobody knows. */
  readonly columns?: number;
}

/** 0 done, 1 refused by a rule (the reason is in the JSON), 2 unusable input (problem+json on standard error). */
export type ExitCode = 0 | 1 | 2;

/** One `regioloket` command. `words` is how it is called: `['workflow', 'check']`. */
export interface Command {
  readonly words: readonly string[];
  readonly summary: string;
  /** What `regioloket help …` prints: the contract with one example. */
  readonly help: string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}
