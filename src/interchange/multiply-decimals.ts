import { canonicalDecimal, type Decimal } from '../kernel/decimal.ts';

/** The exact product of two canonical decimals, itself canonical. */
export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  const places = placesOf(left) + placesOf(right);
  const product = BigInt(left.replace('.', '')) * BigInt(right.replace('.', ''));
  return canonicalDecimal(`${product}e-${places}`);
}

function placesOf(decimal: Decimal): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}
