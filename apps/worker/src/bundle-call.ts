import { DomainError, makeBundle, type Bundle, type CalculatorTools } from '#lib/kernel';
import { calculatorOf, NODE_MAJOR } from './calculators.js';

/** No calculator makes bundles of this kind. */
export class UnknownKindOfBundle extends DomainError {
  readonly code = 'unknown-kind-of-bundle';
  constructor(kind: string) {
    super('No calculator makes bundles of this kind.', { kind });
  }
}

/** A bundle as a job on a thread: `{kind, input, options}`, of an input that was checked. Throws UnknownKindOfBundle. */
export async function compute(
  { kind, input, options }: Pick<Bundle, 'kind' | 'input' | 'options'>,
  tools: CalculatorTools,
): Promise<Bundle> {
  const calculator = await calculatorOf(kind);
  if (calculator === undefined) throw new UnknownKindOfBundle(kind);
  return makeBundle(calculator, { input, options, node: NODE_MAJOR }, tools);
}
