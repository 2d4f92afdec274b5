import type { Database } from '#lib/database';
import {
  keepLetter,
  keepPrint,
  keptLetter,
  keptPrint,
  LetterPrinter,
  readDocument,
  type IssuedDocument,
  type KeptPrint,
  type Letter,
} from '#lib/documents';
import { SubjectNotFound } from '#lib/engine';
import type { Language, Texts } from '#lib/kernel';
import { sayingUnder, type FrozenRules, type Regime } from '#lib/regulation';
import { LETTER_MAKERS } from './letter-makers.js';

/** Which document, in which region, asked for by whom; whether that person may read it was judged by who hands out the id. */
export interface WantedDocument {
  readonly id: string;
  readonly region: string;
  readonly actor: string | null;
}

/**
 * What was issued, from its store. A worker makes the words and the print after the act; who reads a document before that makes them the
 * same way, and they stay.
 */
export class IssuedDocuments {
  private printer: LetterPrinter | null = null;

  constructor(
    private readonly database: Database,
    private readonly frozen: FrozenRules,
    private readonly texts: () => Texts,
  ) {}

  /** The words. Throws SubjectNotFound. */
  async letter(wanted: WantedDocument, language: Language): Promise<Letter> {
    const { id, region, actor } = wanted;
    return this.database.unit({ regions: [region], actor }, async (tx) => {
      const kept = await keptLetter(tx, id, language);
      if (kept !== null) return kept;
      const document = await readDocument(tx, id);
      if (document === null) throw new SubjectNotFound('document', id);
      await keepLetter(tx, document, await this.make(document, language));
      const made = await keptLetter(tx, id, language);
      if (made === null) throw new SubjectNotFound('document', id);
      return made;
    });
  }

  /** The printed bytes. Throws SubjectNotFound, LetterCannotBePrinted. */
  async print(wanted: WantedDocument, language: Language): Promise<KeptPrint> {
    const { id, region, actor } = wanted;
    const scope = { regions: [region], actor };
    const read = (): Promise<KeptPrint | null> => this.database.unit(scope, (tx) => keptPrint(tx, id, language));
    const kept = await read();
    if (kept !== null) return kept;
    const letter = await this.letter(wanted, language);
    this.printer ??= LetterPrinter.load();
    const made = this.printer.print(letter);
    await this.database.unit(scope, (tx) => keepPrint(tx, { id, region }, { language, ...made }));
    const print = await read();
    if (print === null) throw new SubjectNotFound('document', id);
    return print;
  }

  /** A letter of stored figures and the rules that the call froze; nothing else. */
  private async make({ kind, figures, rulesHash }: IssuedDocument, language: Language): Promise<Letter> {
    const rules = await this.frozen.rules(rulesHash);
    const regime = (figures['regime'] ?? rules.regulation.regime) as Regime;
    const say = sayingUnder(regime, (key, values) => this.texts().say(language, key, values));
    const maker = LETTER_MAKERS[kind];
    if (maker === undefined) throw new Error(`No letter is made of a ${kind}.`);
    return maker({ figures, rules }, { language, say });
  }
}
