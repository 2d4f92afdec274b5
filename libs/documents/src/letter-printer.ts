import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { DomainError } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import type { Letter } from './letter.js';

/** The press refused a letter: a fault of our template, never of what people wrote. */
export class LetterCannotBePrinted extends DomainError {
  readonly code = 'letter-cannot-be-printed';
  constructor(reference: string, reason: string) {
    super(`The letter ${reference} cannot be printed: ${reason}`, { reference });
  }
}

/** Results that the compiler may keep for the next letter: none, so that memory does not grow with the letters. */
const KEEP_NOTHING = 0;

/** Prints letters as PDF/UA-1 (ISO 14289-1): with headings, lists and tables that a screen reader finds. */
export class LetterPrinter {
  private constructor(
    private readonly compiler: NodeCompiler,
    private readonly template: string,
  ) {}

  static load(
    template = readFileSync(join(projectFolder(), 'libs', 'documents', 'letters', 'letter.typ'), 'utf8'),
  ): LetterPrinter {
    const fontPaths = [join(projectFolder(), 'dist', 'fonts')];
    return new LetterPrinter(NodeCompiler.create({ fontArgs: [{ fontPaths }], workspace: projectFolder() }), template);
  }

  /** The bytes of a PDF; equal letters give equal bytes. Throws LetterCannotBePrinted. */
  print(letter: Letter): Buffer {
    const compiled = this.compiler.compile({
      mainFileContent: this.template,
      inputs: { data: JSON.stringify(letter) },
    });
    const { result } = compiled;
    if (result === null)
      throw new LetterCannotBePrinted(letter.reference, reasonOf(compiled.takeDiagnostics()?.shortDiagnostics));
    try {
      return this.compiler.pdf(result, {
        pdfStandard: 'ua-1',
        creationTimestamp: Math.floor(Date.parse(letter.datedAt) / 1000),
      });
    } catch (error) {
      throw new LetterCannotBePrinted(letter.reference, (error as { message: string }).message);
    } finally {
      this.compiler.evictCache(KEEP_NOTHING);
    }
  }
}

function reasonOf(diagnostics: unknown): string {
  return JSON.stringify(diagnostics ?? 'unknown');
}
