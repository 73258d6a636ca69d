import { canonicalDecimal, type Decimal } from '../kernel/decimal.ts';

/** Nine decimal places: what is beyond them no rater said. */
const PLACES = 9;

export function decimalText(value: number): Decimal {
  return canonicalDecimal(value.toFixed(PLACES));
}
