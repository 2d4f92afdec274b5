import { canonicalJson, sha256 } from './canonical-json.js';
import { pointerOf } from './json-pointer.js';

/** How a long computation tells how far it is, and learns that nobody wants its answer any more. */
export interface CalculatorTools {
  /** A share from 0 to 1. */
  progress(share: number): void;
  isCancelled(): boolean;
}

/** A pure computation whose result can be recomputed by a stranger. */
export interface Calculator {
  readonly kind: string;
  /** Goes up whenever the same input may give another result. */
  readonly version: number;
  /** The seed that decides what the input leaves open; null when nothing does. */
  seedOf(options: BundleOptions): string | number | null;
  /** Takes input that was checked. Numbers of the result are rounded to 1e-6. */
  compute(input: unknown, options: BundleOptions, tools: CalculatorTools): unknown;
}

export type BundleOptions = Readonly<Record<string, string | number | boolean>>;

/** A result with all that it takes to compute it again. */
export interface Bundle {
  readonly format: 1;
  readonly kind: string;
  readonly version: number;
  /** Major version of Node that computed it: another may round the last digit of a logarithm differently. */
  readonly node: number;
  readonly seed: string | number | null;
  readonly options: BundleOptions;
  readonly input: unknown;
  readonly result: unknown;
  /** SHA-256 of the canonical JSON (RFC 8785) of all the rest. */
  readonly hash: string;
}

/** What was found when a bundle was computed again. */
export interface Replay {
  readonly same: boolean;
  /** On the same version and Node to the byte; else numbers within 1e-6, and every text, yes and no exactly. */
  readonly compared: 'bytes' | 'numbers';
  /** Whether the bundle is as it was made. */
  readonly hashHolds: boolean;
  readonly differences: readonly Difference[];
}

/** A place in the result, as JSON Pointer, with what stands there and what was computed; undefined where there is nothing. */
export interface Difference {
  readonly pointer: string;
  readonly stored?: unknown;
  readonly computed?: unknown;
}

/** Rounded to 1e-6, two machines may still fall on either side of a half. */
const TOLERANCE = 1e-6 + 1e-9;
const MOST_DIFFERENCES = 100;

/** Computes and packs. */
export function makeBundle(
  calculator: Calculator,
  { input, options, node }: Pick<Bundle, 'input' | 'options' | 'node'>,
  tools: CalculatorTools,
): Bundle {
  const { kind, version } = calculator;
  const result = calculator.compute(input, options, tools);
  const unsigned = {
    format: 1,
    kind,
    version,
    node,
    seed: calculator.seedOf(options),
    options,
    input,
    result,
  } as const;
  return { ...unsigned, hash: sha256(canonicalJson(unsigned)) };
}

/** Computes a bundle again, on this major version of Node. */
export function replayBundle(bundle: Bundle, calculator: Calculator, node: number, tools: CalculatorTools): Replay {
  const { hash, ...unsigned } = bundle;
  const compared = bundle.node === node && bundle.version === calculator.version ? 'bytes' : 'numbers';
  const computed = calculator.compute(bundle.input, bundle.options, tools);
  const tolerance = compared === 'bytes' ? 0 : TOLERANCE;
  const differences = [
    ...differencesIn(bundle.seed, calculator.seedOf(bundle.options), { at: '/seed', tolerance: 0 }),
    ...differencesIn(bundle.result, JSON.parse(JSON.stringify(computed)), { at: '/result', tolerance }),
  ].slice(0, MOST_DIFFERENCES);
  const hashHolds = sha256(canonicalJson(unsigned)) === hash;
  return { same: hashHolds && differences.length === 0, compared, hashHolds, differences };
}

interface Place {
  readonly at: string;
  readonly tolerance: number;
}

function differencesIn(stored: unknown, computed: unknown, { at, tolerance }: Place): Difference[] {
  if (typeof stored === 'number' && typeof computed === 'number')
    return Math.abs(stored - computed) <= tolerance ? [] : [{ pointer: at, stored, computed }];
  if (!isObject(stored) || !isObject(computed) || Array.isArray(stored) !== Array.isArray(computed))
    return stored === computed ? [] : [{ pointer: at, stored, computed }];
  const keys = new Set([...Object.keys(stored), ...Object.keys(computed)]);
  return Array.from(keys).flatMap((key) =>
    differencesIn(own(stored, key), own(computed, key), { at: at + pointerOf([key]), tolerance }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
