import { DomainError } from '../kernel/errors.ts';
import { sum } from './sum.ts';

/**
 * Refuses a target distribution that is none: as many shares as levels, each within [0, 1], summing to 1 ± 1e-6.
 * Throws BAD_INPUT naming the rule broken.
 */
export function requireShares(shares: readonly number[], levels: number): void {
  const refuse = (fault: string): never => {
    throw new DomainError('BAD_INPUT', `The target distribution ${fault}.`);
  };
  if (shares.length !== levels)
    refuse(`has ${shares.length} shares for ${levels} levels: give one for each, 0 where absent`);
  const stray = shares.find((share) => !(share >= 0 && share <= 1));
  if (stray !== undefined) refuse(`holds ${stray}: a share lies within 0 and 1`);
  const total = sum(shares);
  if (Math.abs(total - 1) > 1e-6) refuse(`sums to ${total}: its shares must sum to 1`);
}
