import type { FastifyRequest } from 'fastify';
import type { OpenPart, PartAnswer } from '#lib/intake';
import { languageOf } from '../../edge/language.js';
import { textIn, type Fields } from '../form-fields.js';
import type { FieldError, Page, Pages } from '../pages.js';
import { titleOf } from '../proposal/part.view.js';

const MOST = 1000;

/** What a form answers for a part, and what is missing in it. */
export function answerIn(
  fields: Fields,
  say: (key: string) => string,
): { readonly answer: PartAnswer; readonly errors: readonly FieldError[] } {
  const text = (name: string): string => textIn(fields, name, MOST);
  const errors: FieldError[] = text('name') === '' ? [{ id: 'name', message: say('party.error-name') }] : [];
  if (fields['_action'] === 'decline') {
    if (text('reason') === '') errors.push({ id: 'reason', message: say('party.error-reason') });
    return { answer: { kind: 'decline', name: text('name'), reason: text('reason') }, errors };
  }
  if (text('position') === '') errors.push({ id: 'position', message: say('party.error-position') });
  if (fields['agree'] === undefined) errors.push({ id: 'agree', message: say('party.error-agree') });
  return { answer: { kind: 'confirm', name: text('name'), position: text('position') }, errors };
}

interface Shown {
  readonly pages: Pages;
  readonly request: FastifyRequest;
  readonly fields: Fields;
  readonly errors: readonly FieldError[];
}

/** One part to confirm or not, for the holder of its link or of a mandate. */
export function partPage(part: OpenPart, { pages, request, fields, errors }: Shown): Page {
  const language = languageOf(request);
  const lead = { lead: part.leadOrganisation, title: part.title };
  return {
    view: 'part-answer',
    title: pages.say(request, 'party.answer-title', { organisation: part.organisation }),
    errors,
    status: errors.length > 0 ? 422 : 200,
    region: part.regionName[language],
    model: {
      lead: pages.say(request, titleOf(part) === '' ? 'party.answer-lead-unnamed' : 'party.answer-lead', lead),
      ...{ open: part, callName: part.callName[language], address: request.url, fields, desk: null },
      ...{ isOpen: part.state === 'asked' || part.state === 'changed', stateText: `party.state-${part.state}` },
      errorFor: Object.fromEntries(errors.map(({ id, message }) => [id, message])),
    },
  };
}
