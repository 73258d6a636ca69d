import { type Basis, type Estimate, estimate } from './estimate.ts';

/**
 * What a measure of exclusion is where nothing was excluded: 0, and certain, for the ledger is the whole truth. Unless it
 * was not kept since the first image came in: then what was thrown away before cannot be known, INSUFFICIENT, UNTRACKED.
 */
export function noExclusion(basis: Basis, tracked: boolean): Estimate {
  if (!tracked) return estimate({ ...basis, value: 0, status: 'INSUFFICIENT', reason: 'UNTRACKED' });
  const interval = { lower: 0, upper: 0, level: 0.95, method: 'nothing excluded' };
  return estimate({ ...basis, value: 0, interval });
}
