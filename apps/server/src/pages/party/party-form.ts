import { institutionOf, type Language } from '#lib/kernel';
import { PARTY_ROLES, type WrittenParty } from '#lib/intake';
import { isMailbox } from '#lib/people';
import { textIn, type Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';
import { centsAsTyped, centsIn, wholeIn } from '../proposal/typed-values.js';

const MONEY = ['cashCents', 'inKindCents'] as const;

/** What a form says of a party; the faults of what cannot be used. */
export function partyIn(
  fields: Fields,
  language: Language,
  say: (key: string) => string,
): { readonly written: WrittenParty; readonly errors: readonly FieldError[] } {
  const text = (name: string, most = 200): string => textIn(fields, name, most);
  const money = (name: string): number | null => centsIn(text(name), language);
  const institution = institutionOf(text('institution'));
  const errors: FieldError[] = ['organisation', 'contactName']
    .filter((name) => text(name) === '')
    .map((id) => ({ id, message: say(`party.error-${id}`) }));
  if (!isMailbox(text('email', 254))) errors.push({ id: 'email', message: say('party.error-email') });
  for (const id of MONEY)
    if (text(id) !== '' && money(id) === null) errors.push({ id, message: say('party.error-money') });
  if (text('hours') !== '' && wholeIn(text('hours')) === null)
    errors.push({ id: 'hours', message: say('party.error-hours') });
  if (text('institution') !== '' && institution === null)
    errors.push({ id: 'institution', message: say('party.error-institution') });
  const written: WrittenParty = {
    role: PARTY_ROLES.find((role) => role === fields['role']) ?? 'partner',
    ...{ organisation: text('organisation'), contactName: text('contactName'), email: text('email', 254), language },
    part: {
      task: text('task', 2000),
      cashCents: money('cashCents'),
      hours: wholeIn(text('hours')),
      inKindCents: money('inKindCents'),
    },
    institution,
  };
  return { written, errors };
}

/** The field that a refusal is about. */
export function fieldOf(code: string): string {
  return code === 'hours-are-worth-more' ? 'inKindCents' : 'organisation';
}

/** The fields of a known party. */
export function partyFieldsOf(
  { role, organisation, contactName, email, part, institution }: WrittenParty,
  language: Language,
): Fields {
  const { task, cashCents, hours, inKindCents } = part;
  return {
    ...{ role, organisation, contactName, email, task, institution: institution ?? '' },
    cashCents: cashCents === null ? '' : centsAsTyped(cashCents, language),
    hours: hours === null ? '' : String(hours),
    inKindCents: inKindCents === null ? '' : centsAsTyped(inKindCents, language),
  };
}
