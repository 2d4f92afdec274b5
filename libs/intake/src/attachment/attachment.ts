import type { CompiledForm, CompiledQuestion } from '#lib/regulation';
import { valueAt } from '#lib/regulation';
import { AttachmentInfected, AttachmentInQuarantine, QuestionTakesNoFiles } from './attachment-errors.js';

/** A file that lies in the store and belongs to no proposal yet. */
export interface NewFile {
  /** Its id in the store. */
  readonly id: string;
  /** The question that it answers. */
  readonly path: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file of a proposal as its readers see it. */
export interface AttachmentView extends NewFile {
  readonly state: 'unscanned' | 'quarantined' | 'ready' | 'infected';
}

/** One file in the answer to a question: what a receipt proves of it. */
export type FileAnswer = Pick<NewFile, 'id' | 'name' | 'sha256' | 'bytes'>;

/** Files of a proposal at most, over all its questions. */
export const MOST_OF_PROPOSAL = 20;

/** The files among the answers of the proposal `p`, as one JSON list. */
export const ATTACHMENTS = `coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'path', f.path, 'name', f.name, 'mediaType', f.media_type,
    'bytes', f.bytes, 'sha256', f.sha256, 'state', f.state) order by f.uploaded_at, f.id)
  from attachment f where f.proposal_id = p.id and f.removed_at is null and f.objection_id is null), '[]')`;

/** Ids of the files of the proposal `p` in which a virus was found. */
export const INFECTED = `array(select f.id::text from attachment f where f.proposal_id = p.id and f.removed_at is null and f.state = 'infected')`;

/** Ids of the files in which a virus was found. */
export function infectedOf(attachments: readonly Pick<AttachmentView, 'id' | 'state'>[]): readonly string[] {
  return attachments.filter(({ state }) => state === 'infected').map(({ id }) => id);
}

/** The question at a path, when it is asked and takes files. Throws QuestionTakesNoFiles. */
export function questionForFiles(
  form: CompiledForm,
  { title, content }: { readonly title: string; readonly content: Readonly<Record<string, unknown>> },
  path: string,
): CompiledQuestion {
  const found = form.asked({ ...content, title }).find((one) => one.path === path && one.question.kind === 'files');
  if (found === undefined) throw new QuestionTakesNoFiles(path);
  return found;
}

/** The files in the answer to a question. */
export function filesAt(content: Readonly<Record<string, unknown>>, path: string): readonly FileAnswer[] {
  return (valueAt(content, path) ?? []) as readonly FileAnswer[];
}

/** Throws AttachmentInQuarantine, AttachmentInfected. */
export function assertReadable({ name, state }: AttachmentView): void {
  if (state === 'quarantined') throw new AttachmentInQuarantine(name);
  if (state === 'infected') throw new AttachmentInfected(name);
}
