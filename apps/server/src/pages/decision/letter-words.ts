import type { LetterBlock } from '#lib/documents';
import { formatCents, type Language } from '#lib/kernel';

export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });
export const euro = (cents: number, language: Language): string => formatCents(BigInt(cents), language);
