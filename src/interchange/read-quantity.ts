import { canonicalDecimal, type Decimal } from '../kernel/decimal.ts';
import { DomainError } from '../kernel/errors.ts';

/** A canonical decimal from 0 to `maximum`. Throws INVALID_VALUE for another number or no number. */
export function readQuantity(input: number | string, maximum = Number.POSITIVE_INFINITY): Decimal {
  const decimal = canonicalDecimal(input);
  if (Number(decimal) < 0 || Number(decimal) > maximum) {
    const range = maximum === Number.POSITIVE_INFINITY ? 'at least 0' : `between 0 and ${maximum}`;
    throw new DomainError('INVALID_VALUE', `${decimal} is out of range; it must be ${range}.`);
  }
  return decimal;
}
