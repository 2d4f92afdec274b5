import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { DomainError } from '#lib/kernel';
import { projectFolder } from '#lib/settings';
import { Coverage } from './coverage.js';
import type { Letter } from './letter.js';
import { printable, type Printable, type Replaced } from './printable.js';

/** The press refused a letter: a fault of our template, never of what people wrote. */
export class LetterCannotBePrinted extends DomainError {
  readonly code = 'letter-cannot-be-printed';
  constructor(reference: string, reason: string) {
    super(`The letter ${reference} cannot be printed: ${reason}`, { reference });
  }
}

export interface PrintedLetter {
  readonly pdf: Buffer;
  /** The signs that it shows in another way, because no font has them; by code point, mostly none. */
  readonly replaced: readonly Replaced[];
}

/** Results that the compiler may keep for the next letter: none, so that memory does not grow with the letters. */
const KEEP_NOTHING = 0;

/** Prints letters as PDF/UA-1 (ISO 14289-1): with headings, lists and tables that a screen reader finds, in fonts that come along. */
export class LetterPrinter {
  private constructor(
    private readonly compiler: NodeCompiler,
    private readonly template: string,
    private readonly coverage: Coverage,
  ) {}

  static load(
    template = readFileSync(join(projectFolder(), 'libs', 'documents', 'letters', 'letter.typ'), 'utf8'),
  ): LetterPrinter {
    const fonts = join(projectFolder(), 'dist', 'fonts');
    const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fonts] }], workspace: projectFolder() });
    return new LetterPrinter(compiler, template, Coverage.load(fonts));
  }

  /** Equal letters give equal bytes, on any machine. Throws LetterCannotBePrinted, for a fault of the template only. */
  print(letter: Letter): PrintedLetter {
    const words = printable(letter, this.coverage);
    try {
      return { pdf: this.press(words), replaced: words.replaced };
    } catch {
      // The press joins signs by rules of its own: whatever it cannot join gives way, the letter does not.
      const plain = printable(letter, this.coverage.plain());
      return { pdf: this.press(plain), replaced: plain.replaced };
    }
  }

  private press({ letter, fonts }: Printable): Buffer {
    const compiled = this.compiler.compile({
      mainFileContent: this.template,
      inputs: { data: JSON.stringify({ ...letter, fonts }) },
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
