import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ProposalContentDto } from '#lib/intake';
import type { InputFault } from '../unusable-input.js';

/** What the API would refuse in the answers of a proposal. */
export function contentFaults(content: Readonly<Record<string, unknown>>, at: string): readonly InputFault[] {
  const dto = plainToInstance(ProposalContentDto, content);
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true });
  return errors.flatMap((error) => faultsIn(error, at));
}

function faultsIn({ property, constraints = {}, children = [] }: ValidationError, parent: string): InputFault[] {
  const pointer = `${parent}/${property}`;
  const own = Object.values(constraints).map((message) => ({ pointer, message }));
  return [...own, ...children.flatMap((child) => faultsIn(child, pointer))];
}
