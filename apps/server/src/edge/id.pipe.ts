import type { PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { SubjectNotFound } from '#lib/engine';

/** A number in an address, or several, that nothing can have: not there, like a number that nothing has. Throws SubjectNotFound. */
export class IdPipe<T extends string | object> implements PipeTransform<T, T> {
  transform(value: T): T {
    const ids = typeof value === 'string' ? [value] : Object.values<string>(value as Record<string, string>);
    const wrong = ids.find((id) => !isUUID(id));
    if (wrong !== undefined) throw new SubjectNotFound('address', wrong);
    return value;
  }
}
