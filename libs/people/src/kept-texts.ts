import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#lib/database';
import { hashOfSecret } from './secrets.js';
import { NATIONAL } from './sessions.js';
import { tidyMailbox } from './mailbox.js';

/** What somebody typed and has yet to sign in for. */
export interface TextToKeep {
  /** The form it was typed in, as a path of the site. */
  readonly path: string;
  readonly answers: Readonly<Record<string, string>>;
  /** Whether anybody may fill that form in; else only the session that ended says for whom it is kept. */
  readonly isOpen: boolean;
  /** Value of the cookie that the form came with, or of the session that was opened for it. */
  readonly session: string | null;
}

export interface KeptText extends Pick<TextToKeep, 'path' | 'answers' | 'isOpen'> {
  readonly id: string;
  readonly keptAt: string;
}

/** Where to go after signing in: a path of the site, or to what was typed. */
export interface GoingOn {
  readonly then: string;
  readonly kept: TextToKeep | null;
  /** The path at which a kept text is shown. */
  readonly keptAt: (id: string) => string;
}

export const TO_START: GoingOn = { then: '/', kept: null, keptAt: () => '/' };

const KEEP = 'select app.keep_text($1, $2, $3, $4, $5) as id';
const LIST = {
  name: 'kept-texts',
  text: `select id, path, answers, is_open as "isOpen", kept_at as "keptAt" from app.kept_texts($1)`,
};

/** Keeps what was typed and returns where to go on: to it, or where the person wanted to go when it may not be kept. */
export async function keepText(tx: Transaction, email: string, { then, kept, keptAt }: GoingOn): Promise<string> {
  if (kept === null) return then;
  const { path, answers, isOpen, session } = kept;
  const hash = session === null ? null : hashOfSecret(session);
  const values = [tidyMailbox(email), hash, path, JSON.stringify(storable(answers)), isOpen];
  const [row] = await tx.query<{ id: string | null }>(KEEP, values);
  return row?.id == null ? then : keptAt(row.id);
}

/** Without the signs that no JSON of PostgreSQL holds. */
function storable(answers: TextToKeep['answers']): TextToKeep['answers'] {
  const clean = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
  return Object.fromEntries(Object.entries(answers).map(([name, value]) => [clean(name), clean(value)]));
}

/** Newest first. */
export async function listKeptTexts(database: Database, personId: string): Promise<readonly KeptText[]> {
  return database.ask<KeptText>(LIST, [personId]);
}

/** What a person typed before signing in, for three days and on any device. */
@Injectable()
export class KeptTexts {
  constructor(private readonly database: Database) {}

  /** Returns where to go on. */
  async keep(email: string, going: GoingOn): Promise<string> {
    return this.database.unit({ regions: [NATIONAL], actor: null }, (tx) => keepText(tx, email, going));
  }

  /** Null when it is another's, was sent or has run out. */
  async read(personId: string, id: string): Promise<KeptText | null> {
    const texts = await listKeptTexts(this.database, personId);
    return texts.find((one) => one.id === id) ?? null;
  }

  /** Forgets one, if it is the person's. */
  async drop(personId: string, id: string): Promise<void> {
    await this.database.unit({ regions: [NATIONAL], actor: personId }, (tx) =>
      tx.query('select app.drop_kept_text($1, $2)', [personId, id]),
    );
  }
}
