import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { parseDocument } from 'yaml';
import { written } from '#lib/kernel';
import { OrganisationDto } from '../dto/organisation.dto.js';
import { ActorFileUnusable, type ActorFault } from './organisation-errors.js';
import type { WrittenOrganisation } from './organisation.js';

const HEADER = `# The actors of the action plan, names as the plan has them (domain.md A.4): the first load, and the format of import and export.
# kvk: eight digits. regions: networks it works with; empty: nationwide. ended: the day from which it is no longer found.
actors:
`;

/** Throws ActorFileUnusable with every fault. */
export function readActors(source: string): readonly WrittenOrganisation[] {
  const document = parseDocument(source);
  const broken = document.errors.map(({ message }) => ({ pointer: '', message }));
  if (broken.length > 0) throw new ActorFileUnusable(broken);
  const content = document.toJS() as { readonly actors?: unknown } | null;
  if (!Array.isArray(content?.actors)) throw new ActorFileUnusable([{ pointer: '/actors', message: 'is no list' }]);
  const { value, faults: lines } = written(content);
  const dtos = (value as { actors: readonly unknown[] }).actors.map((row) => plainToInstance(OrganisationDto, row));
  const signs = lines.map((fault) => ({
    pointer: fault.pointer,
    message: `holds ${fault.signs.join(', ')}, which cannot stand in a line`,
  }));
  const faults = [...signs, ...dtos.flatMap(faultsOf), ...twins(dtos, 'code'), ...twins(dtos, 'kvk')];
  if (faults.length > 0) throw new ActorFileUnusable(faults);
  return dtos.map(organisationOf);
}

/** The same file that `readActors` reads: one line for each, in the order of their codes. */
export function writeActors(organisations: readonly WrittenOrganisation[]): string {
  const lines = [...organisations].sort((a, b) => (a.code < b.code ? -1 : 1)).map((one) => `  - ${lineOf(one)}\n`);
  return HEADER + lines.join('');
}

export function organisationOf(dto: OrganisationDto): WrittenOrganisation {
  const { code, name, kind, kvk, place = '', province = '', regions = [], ended } = dto;
  return { code, name, kind, kvk: kvk ?? null, place, province, regions, endedOn: ended ?? null };
}

function lineOf({ code, name, kind, kvk, place, province, regions, endedOn }: WrittenOrganisation): string {
  const text = (key: string, value: string | null): readonly string[] =>
    value === null || value === '' ? [] : [`${key}: ${JSON.stringify(value)}`];
  const parts = [
    ...[`code: ${code}`, `name: ${JSON.stringify(name)}`, `kind: ${kind}`, ...text('kvk', kvk)],
    ...[...text('place', place), ...text('province', province)],
    ...(regions.length === 0 ? [] : [`regions: [${regions.join(', ')}]`]),
    ...text('ended', endedOn),
  ];
  return `{ ${parts.join(', ')} }`;
}

function faultsOf(dto: unknown, at: number): readonly ActorFault[] {
  if (!(dto instanceof OrganisationDto)) return [{ pointer: `/actors/${at}`, message: 'is no organisation' }];
  return validateSync(dto, { whitelist: true, forbidNonWhitelisted: true }).map(({ property, constraints }) => ({
    pointer: `/actors/${at}/${property}`,
    message: Object.values(constraints ?? {})[0] ?? 'is wrong',
  }));
}

/** A value that an earlier one has too. */
function twins(dtos: readonly OrganisationDto[], field: 'code' | 'kvk'): readonly ActorFault[] {
  const seen = new Set<string>();
  return dtos.flatMap((dto, at) => {
    const value = dto[field];
    if (value === undefined) return [];
    const isTwin = seen.has(value);
    seen.add(value);
    return isTwin ? [{ pointer: `/actors/${at}/${field}`, message: 'stands in the file twice' }] : [];
  });
}
