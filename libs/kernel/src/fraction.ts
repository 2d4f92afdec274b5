import { DomainError } from './domain-error.js';

/** Not a number written as `2/3`, `0.6` or `5`. */
export class NotAFraction extends DomainError {
  readonly code = 'not-a-fraction';
  constructor(text: string) {
    super('This is not a number such as 2/3, 0.6 or 5.', { text });
  }
}

/** An exact rational number in lowest terms; the denominator is positive. */
export class Fraction {
  static readonly ZERO = new Fraction(0n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  static of(numerator: bigint, denominator = 1n): Fraction {
    if (denominator === 0n) throw new NotAFraction(`${numerator.toString()}/0`);
    const sign = denominator < 0n ? -1n : 1n;
    const divisor = greatestCommonDivisor(numerator, denominator);
    return new Fraction((sign * numerator) / divisor, (sign * denominator) / divisor);
  }

  /** Reads `2/3`, `-0.6` or `5` exactly. Throws NotAFraction. */
  static parse(text: string): Fraction {
    const match = /^(-?\d{1,30})(?:\/(\d{1,30})|\.(\d{1,30}))?$/.exec(text);
    if (match === null) throw new NotAFraction(text);
    const [, whole = '0', denominator, decimals] = match;
    if (denominator !== undefined) return Fraction.of(BigInt(whole), BigInt(denominator));
    if (decimals === undefined) return Fraction.of(BigInt(whole));
    return Fraction.of(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  }

  /** The decimal that a number is written as: 0.1 is one tenth. Throws NotAFraction for what is not finite. */
  static fromNumber(value: number): Fraction {
    const [digits = '', exponent = '0'] = String(value).split('e');
    if (!Number.isFinite(value)) throw new NotAFraction(digits);
    const shift = 10n ** BigInt(Math.abs(Number(exponent)));
    const written = Fraction.parse(digits);
    return Number(exponent) < 0 ? written.over(Fraction.of(shift)) : written.times(Fraction.of(shift));
  }

  add(other: Fraction): Fraction {
    return Fraction.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  subtract(other: Fraction): Fraction {
    return this.add(Fraction.of(-other.numerator, other.denominator));
  }

  times(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Throws NotAFraction when the other is zero. */
  over(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  /** Negative, zero or positive as this is smaller than, equal to or larger than the other. */
  compare(other: Fraction): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : Number(difference > 0n);
  }

  /** The largest whole number that is not larger. */
  floor(): bigint {
    const quotient = this.numerator / this.denominator;
    return this.numerator < 0n && quotient * this.denominator !== this.numerator ? quotient - 1n : quotient;
  }

  /** Decimal text rounded half away from zero: `3.67` for 11/3 with two decimals. */
  toDecimal(decimals: number): string {
    const scale = 10n ** BigInt(decimals);
    const absolute = this.numerator < 0n ? -this.numerator : this.numerator;
    const scaled = (2n * absolute * scale + this.denominator) / (2n * this.denominator);
    const digits = scaled.toString().padStart(decimals + 1, '0');
    const sign = this.numerator < 0n && scaled !== 0n ? '-' : '';
    if (decimals === 0) return sign + digits;
    return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  }

  toString(): string {
    return `${this.numerator.toString()}/${this.denominator.toString()}`;
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
