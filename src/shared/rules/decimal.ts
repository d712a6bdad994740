/** An exact decimal number, `units / 10^scale`. Money is never a floating-point number here. */
export interface Decimal {
  units: bigint;
  /** Digits after the point, at least 0. */
  scale: number;
}

export const zero: Decimal = { units: 0n, scale: 0 };

/** No amount of money has more digits. */
const LONGEST = 40;

/**
 * Parses `12`, `-0.10` or `9.98`; undefined for anything else: no exponent, separators or decimal
 * comma.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!parts || text.length > LONGEST) return undefined;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Formats the number with exactly its own digits, e.g. `0.10`. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** Negative, 0 or positive if `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const { units } = subtract(a, b);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { ...b, units: -b.units });
}

export function times(a: Decimal, factor: number): Decimal {
  return { units: a.units * BigInt(factor), scale: a.scale };
}

/** An exact tenth. */
export function tenth(a: Decimal): Decimal {
  return { units: a.units, scale: a.scale + 1 };
}

export function absolute(a: Decimal): Decimal {
  return a.units < 0n ? { ...a, units: -a.units } : a;
}

/** Rounds to `places` digits, towards minus infinity (`down`) or plus infinity (`up`). */
export function rounded(a: Decimal, places: number, way: 'down' | 'up'): Decimal {
  if (a.scale <= places) return { units: unitsAt(a, places), scale: places };
  const step = 10n ** BigInt(a.scale - places);
  const floor = a.units / step - (a.units % step < 0n ? 1n : 0n);
  const exact = floor * step === a.units;
  return { units: way === 'down' || exact ? floor : floor + 1n, scale: places };
}

/** Drops trailing zeros, for rates: `0.0100` becomes `0.01`. */
export function trimmed(a: Decimal): Decimal {
  return a.scale > 0 && a.units % 10n === 0n
    ? trimmed({ units: a.units / 10n, scale: a.scale - 1 })
    : a;
}

/** The same number at a scale no smaller than its own. */
function unitsAt({ units, scale }: Decimal, at: number): bigint {
  return units * 10n ** BigInt(at - scale);
}
