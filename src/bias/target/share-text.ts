import { addDecimals, CANONICAL_DECIMAL, type Decimal } from '../../kernel/decimal.ts';

const TOLERANCE = 1e-6;

/** What is wrong with a share written in canonical form; null: nothing. */
export function shareFault(share: string): string | null {
  const isShare = CANONICAL_DECIMAL.test(share) && Number(share) >= 0 && Number(share) <= 1;
  return isShare ? null : `"${share.slice(0, 40)}" is no share; write a decimal within 0 and 1.`;
}

/** The exact sum where it is not 1 ± 1e-6; null where it is, and where a summand is no decimal. */
export function sumOtherThanOne(shares: readonly string[]): Decimal | null {
  if (!shares.every((share) => CANONICAL_DECIMAL.test(share))) return null;
  const total = shares.reduce(addDecimals, '0');
  return Math.abs(Number(addDecimals(total, '-1'))) > TOLERANCE ? total : null;
}
