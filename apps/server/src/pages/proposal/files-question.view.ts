import { FILE_KINDS } from '#lib/files';
import type { Language } from '#lib/kernel';
import { fileField, filesView, type FileRow } from './files.view.js';
import { questionsOf, titleOf, typedIn } from './part.view.js';
import type { ProposalCase } from './proposal-case.js';
import { fieldId } from './question.view.js';

/** A question for files as its page draws it. */
interface FilesQuestion {
  readonly id: string;
  readonly path: string;
  readonly label: string;
  readonly hint: string | null;
  readonly optional: boolean;
  /** Whether files may come and go now; else they stand there to be read. */
  readonly isOpen: boolean;
  readonly files: readonly FileRow[];
  /** How many more there may be. */
  readonly left: number;
  readonly kinds: string;
  /** For the browser's own choice of files. */
  readonly accept: string;
  readonly most: string;
}

/** The questions for files of one part. */
export function filesQuestions(found: ProposalCase, part: string, language: Language): readonly FilesQuestion[] {
  const { proposal } = found;
  const questions = questionsOf(found, { title: titleOf(proposal), content: proposal.content }, part);
  const typed = typedIn(questions);
  return questions
    .filter((one) => !typed.includes(one))
    .map(({ path, question }) => {
      const { accepts = FILE_KINDS, optional = false, label, help } = question;
      const files = filesView(proposal, path, language);
      return {
        ...{ id: fieldId(path), path, label: label[language], hint: help?.[language] ?? null, optional, files },
        isOpen: found.mayChange(path),
        ...{ left: Math.max(0, Number(question.schema['maxItems']) - files.length), ...fileField(accepts, language) },
      };
    });
}
