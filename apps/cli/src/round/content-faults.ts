import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { missingParts, ProposalContentDto } from '#lib/intake';
import type { InputFault } from '../unusable-input.js';

/** What the API would refuse in the answers of a proposal, and which parts are missing. */
export function contentFaults(
  content: Readonly<Record<string, unknown>>,
  at: string,
): { readonly wrong: readonly InputFault[]; readonly missing: readonly string[] } {
  const dto = plainToInstance(ProposalContentDto, content);
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true });
  return { wrong: errors.flatMap((error) => faultsIn(error, at)), missing: missingParts(content) };
}

function faultsIn({ property, constraints = {}, children = [] }: ValidationError, parent: string): InputFault[] {
  const pointer = `${parent}/${property}`;
  const own = Object.values(constraints).map((message) => ({ pointer, message }));
  return [...own, ...children.flatMap((child) => faultsIn(child, pointer))];
}
