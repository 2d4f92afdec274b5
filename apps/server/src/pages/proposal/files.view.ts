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

/** The files that answer a question, for who reads them. That nothing scanned a file is told to those who open what others sent. */
export function filesView(
  { id, attachments, isOwn }: Pick<ProposalAnswer, 'id' | 'attachments' | 'isOwn'>,
  path: string,
  language: Language,
): readonly FileRow[] {
  return attachments
    .filter((one) => one.path === path)
    .map(({ id: file, name, bytes, state }) => ({
      ...{ id: file, name, size: sizeInWords(bytes, language) },
      href: state === 'ready' || state === 'unscanned' ? `/aanvragen/${id}/bijlagen/${file}` : null,
      status: state === 'ready' || (state === 'unscanned' && isOwn) ? null : `proposal.file-${state}`,
    }));
}

const STEP = 1024;

/** `482 kB`, `1,2 MB`. */
export function sizeInWords(bytes: number, language: Language): string {
  const unit = bytes < STEP * STEP ? 'kilobyte' : 'megabyte';
  const amount = Math.max(1, bytes / (unit === 'kilobyte' ? STEP : STEP * STEP));
  const options = { style: 'unit', unit, maximumFractionDigits: unit === 'kilobyte' ? 0 : 1 } as const;
  return new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', options).format(amount);
}
