import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { OrganisationDto, organisationOf, type Organisation } from '#lib/people';
import type { Fields } from '../form-fields.js';
import type { FieldError } from '../pages.js';

interface Read {
  readonly written: ReturnType<typeof organisationOf>;
  readonly errors: readonly FieldError[];
}

/** What a form says of an organisation, by the same rules as the API; the code of a known one stays. */
export function organisationIn(fields: Fields, known: Organisation | null, say: (key: string) => string): Read {
  const text = (name: string): string | undefined => {
    const typed = (fields[name] ?? '').trim();
    return typed === '' ? undefined : typed;
  };
  const dto = plainToInstance(OrganisationDto, {
    ...{ code: known?.code ?? codeFrom(text('name') ?? ''), name: text('name') ?? '', kind: text('kind') },
    ...{ kvk: text('kvk'), place: text('place'), province: text('province'), ended: text('ended') },
    regions: text('regions')
      ?.split(/[\s,]+/)
      .filter((region) => region !== ''),
  });
  const errors = validateSync(dto).map(({ property }) => {
    const id = property === 'code' ? 'name' : property;
    return { id, message: say(`organisation.error-${id}`) };
  });
  return { written: organisationOf(dto), errors: [...new Map(errors.map((error) => [error.id, error])).values()] };
}

/** The fields of a known organisation. */
export function fieldsFrom({ name, kind, kvk, place, province, regions, endedOn }: Organisation): Fields {
  return { name, kind, kvk: kvk ?? '', place, province, regions: regions.join(', '), ended: endedOn ?? '' };
}

/** `Kwekerij Van Dam` becomes `kwekerij-van-dam`. */
function codeFrom(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}
