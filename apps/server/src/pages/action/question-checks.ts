import type { Fields } from '../form-fields.js';
import type { AskableQuestion } from '../proposal/completion.view.js';
import { fieldId } from '../proposal/question.view.js';

/** Questions to tick, part by part: what is missing or wrong is ticked already. What can no longer be asked is told, not offered. */
export function questionChecks(questions: readonly AskableQuestion[], values: Fields, name: string): object {
  const isFirst = Object.keys(values).length === 0;
  const offered = questions.filter(({ isAskable }) => isAskable);
  const parts = [...new Set(offered.map(({ part }) => part))];
  return {
    groups: parts.map((part) => ({
      part,
      options: offered
        .filter((one) => one.part === part)
        .map(({ path, label, fault }) => ({
          ...{ id: `${name}-${fieldId(path)}`, name: `${name}.${path}`, label, fault },
          on: isFirst ? fault !== null : values[`${name}.${path}`] !== undefined,
        })),
    })),
    fixed: questions.filter(({ isAskable, fault }) => !isAskable && fault !== null).map(({ label }) => label),
  };
}

/** The paths that were ticked, as one list; nothing when none was. */
export function pathsIn(fields: Fields, name: string): readonly (readonly string[])[] {
  const ticked = Object.keys(fields).filter((field) => field.startsWith(`${name}.`));
  return ticked.length === 0 ? [] : [ticked.map((field) => field.slice(name.length + 1))];
}
