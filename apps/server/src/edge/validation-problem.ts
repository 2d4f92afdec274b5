import { BadRequestException, type ValidationError } from '@nestjs/common';

interface Fault {
  /** JSON Pointer (RFC 6901) into the body. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** Every fault of a body at once, each with its pointer. */
export function validationProblem(errors: ValidationError[]): BadRequestException {
  return new BadRequestException({ errors: errors.flatMap((error) => faultsOf(error, '')) });
}

function faultsOf(error: ValidationError, parent: string): readonly Fault[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({ pointer, code, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}
