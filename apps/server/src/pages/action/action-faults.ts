import type { FieldError } from '../pages.js';
import { ASKED_BY, fieldLabel, PER_CRITERION, type Known } from './action-fields.js';
import type { Fields } from '../form-fields.js';

/** One thing that is wrong with what an act was given, as a problem tells it. */
export interface ActionFault {
  readonly message?: string;
  /** Path of the field: `/outcome`, `/reasonsPerCriterion/sharing`. */
  readonly pointer?: string;
  readonly code?: string;
}

interface Words {
  readonly say: (key: string) => string;
  readonly has: (key: string) => boolean;
  readonly known: Known;
  readonly fields: Fields;
}

/** The top of the form: where a refusal stands that is about no field. */
const TOP = 'inhoud';

/** What to repair, each at the field where one repairs it. Reasons that lack altogether are told criterion by criterion. */
export function fieldErrors(faults: readonly ActionFault[], words: Words): readonly FieldError[] {
  return faults.flatMap((fault) => {
    const [name = '', key] = (fault.pointer ?? '').split('/').slice(1);
    if (name !== PER_CRITERION || key !== undefined) return [errorOf(fault, { name, key }, words)];
    return (words.known.criteria ?? [])
      .filter((one) => (words.fields[`${PER_CRITERION}-${one.key}`] ?? '').trim() === '')
      .map((one) => errorOf({ code: 'missing' }, { name, key: one.key }, words));
  });
}

function errorOf(
  { message, code }: ActionFault,
  { name, key }: { readonly name: string; readonly key: string | undefined },
  words: Words,
): FieldError {
  const { say, has } = words;
  if (message !== undefined || name === '') return { id: TOP, message: message ?? say('action.fault.not-allowed') };
  const why = `action.fault.${(code === 'missing' ? ASKED_BY[name] : undefined) ?? code ?? ''}`;
  const id = key === undefined ? name : `${name}-${key}`;
  // A label that asks ends with its own sign.
  const label = labelOf(name, key, words).replace(/\?$/, '');
  return { id, message: `${label}: ${say(has(why) ? why : 'action.fault.not-allowed')}` };
}

function labelOf(name: string, key: string | undefined, { say, has, known }: Words): string {
  const criterion = known.criteria?.find((one) => one.key === key)?.name;
  return criterion ?? fieldLabel(name, { say, has, known });
}
