import { MAX_FILE_BYTES, type FileKind } from '#lib/files';
import type { AttachmentView } from '#lib/intake';
import type { Language } from '#lib/kernel';
import type { ProposalAnswer } from '../../round/proposal-reader.js';

/** A file as a list shows it. */
export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly size: string;
  /** Null while nobody may open it. */
  readonly href: string | null;
  /** Key of the words for its state; null when there is nothing to say. */
  readonly status: string | null;
}

/** The files that answer a question, for who reads them. */
export function filesView(
  { id, attachments, isOwn }: Pick<ProposalAnswer, 'id' | 'attachments' | 'isOwn'>,
  path: string,
  language: Language,
): readonly FileRow[] {
  const files = attachments.filter((one) => one.path === path);
  return fileRows(files, { folder: `/aanvragen/${id}/bijlagen`, isOwn, language });
}

interface Shown {
  /** Address under which each file is handed out by its id. */
  readonly folder: string;
  readonly isOwn: boolean;
  readonly language: Language;
}

/** Files as a list shows them. That nothing scanned a file is told to those who open what others sent. */
export function fileRows(files: readonly AttachmentView[], { folder, isOwn, language }: Shown): readonly FileRow[] {
  return files.map(({ id, name, bytes, state }) => ({
    ...{ id, name, size: sizeInWords(bytes, language) },
    href: state === 'ready' || state === 'unscanned' ? `${folder}/${id}` : null,
    status: state === 'ready' || (state === 'unscanned' && isOwn) ? null : `proposal.file-${state}`,
  }));
}

/** What the field for a file says and lets choose. */
export function fileField(
  accepts: readonly FileKind[],
  language: Language,
): { readonly kinds: string; readonly accept: string; readonly most: string } {
  return {
    kinds: accepts.join(', '),
    accept: accepts.map((kind) => (kind === 'jpg' ? '.jpg,.jpeg' : `.${kind}`)).join(','),
    most: sizeInWords(MAX_FILE_BYTES, language),
  };
}

const STEP = 1024;

/** `482 kB`, `1,2 MB`. */
export function sizeInWords(bytes: number, language: Language): string {
  const unit = bytes < STEP * STEP ? 'kilobyte' : 'megabyte';
  const amount = Math.max(1, bytes / (unit === 'kilobyte' ? STEP : STEP * STEP));
  const options = { style: 'unit', unit, maximumFractionDigits: unit === 'kilobyte' ? 0 : 1 } as const;
  return new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', options).format(amount);
}
