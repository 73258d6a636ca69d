import { DomainError } from './errors.ts';

/** A decimal number as text in its one canonical form, e.g. `0`, `-3`, `12.75`. */
export type Decimal = string;

export const CANONICAL_DECIMAL = /^(?!-0$)-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?$/;

const WRITTEN_DECIMAL = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,6}))?$/;

/** Any double fits (5e-324 needs 326 characters); an exponent in a hostile file must not fill the memory. */
const LONGEST = 1024;

/**
 * The canonical text of a finite number, or of a number written in decimal or exponent form: no exponent,
 * no leading or trailing zeros, no plus sign, never `-0` (docs/snapshot-format.md).
 *
 * A string keeps every digit it came with; a number is taken at its shortest round-trip text (ECMA-262
 * Number::toString), so that 0.1 is `0.1`. Anything else throws INVALID_VALUE.
 */
export function canonicalDecimal(input: number | string): Decimal {
  const match = WRITTEN_DECIMAL.exec(typeof input === 'number' ? String(input) : input.trim());
  if (match === null) return refuse(input, 'is not a finite decimal number');
  const [, sign, whole = '', fraction = '', bareFraction = '', exponent = '0'] = match;
  const digits = whole + fraction + bareFraction;
  const point = whole.length + Number(exponent);
  if (digits.length + Math.abs(point) > LONGEST) {
    return /^0+$/.test(digits) ? '0' : refuse(input, `needs more than ${LONGEST} digits`);
  }
  return write(sign === '-', digits, point);
}

/** The exact sum of two canonical decimals, itself canonical. */
export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const places = Math.max(decimalPlaces(left), decimalPlaces(right));
  const sum = scaled(left, places) + scaled(right, places);
  const digits = (sum < 0n ? -sum : sum).toString();
  return write(sum < 0n, digits, digits.length - places);
}

/** The canonical decimal of the opposite sign. */
export function negateDecimal(decimal: Decimal): Decimal {
  if (decimal === '0') return decimal;
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}

/** `digits` with the decimal point before index `point`, which may lie outside of them. */
function write(negative: boolean, digits: string, point: number): Decimal {
  const padded = '0'.repeat(Math.max(0, -point)) + digits + '0'.repeat(Math.max(0, point - digits.length));
  const at = Math.max(0, point);
  const whole = padded.slice(0, at).replace(/^0+/, '') || '0';
  let end = padded.length;
  while (end > at && padded[end - 1] === '0') end--;
  const fraction = padded.slice(at, end);
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return negative && text !== '0' ? `-${text}` : text;
}

function decimalPlaces(decimal: Decimal): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}

function scaled(decimal: Decimal, places: number): bigint {
  return BigInt(decimal.replace('.', '') + '0'.repeat(places - decimalPlaces(decimal)));
}

function refuse(input: number | string, rule: string): never {
  const shown = String(input).slice(0, 40);
  throw new DomainError('INVALID_VALUE', `"${shown}" ${rule}; write a number such as -12.75.`);
}
