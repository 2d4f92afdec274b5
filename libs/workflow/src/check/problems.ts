import type { LocatedYaml, Path } from './located-yaml.js';

/** A fault in a definition with its place; lines and columns count from 1. */
export interface WorkflowProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

/** Collects faults, so that all of them are told at once. */
export class ProblemList {
  readonly all: WorkflowProblem[] = [];

  constructor(
    private readonly file: string,
    private readonly yaml: LocatedYaml,
  ) {}

  add(code: string, path: Path, message: string): void {
    this.all.push({ file: this.file, ...this.yaml.placeOf(path), code, message });
  }

  /** A fault inside a value's text, `line` and `column` from 1 within that text. */
  addInText(
    code: string,
    path: Path,
    fault: { readonly message: string; readonly line: number; readonly column: number },
  ): void {
    const { line, column } = this.yaml.textPlaceOf(path);
    const place =
      fault.line === 1
        ? { line, column: column + fault.column - 1 }
        : { line: line + fault.line - 1, column: fault.column };
    this.all.push({ file: this.file, ...place, code, message: fault.message });
  }

  /** In the order of the file. */
  sorted(): readonly WorkflowProblem[] {
    return [...this.all].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
