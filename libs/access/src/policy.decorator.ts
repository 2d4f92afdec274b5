import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { PolicyName } from './policy-table.js';

export const POLICY_KEY = 'regioloket:policy';

/** Declares which row of the policy table guards a route. A route without one fails the start. */
export function Policy(name: PolicyName): CustomDecorator {
  return SetMetadata(POLICY_KEY, name);
}
