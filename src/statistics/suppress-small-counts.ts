import { type Basis, type Estimate, estimate, notEstimable } from './estimate.ts';

/** Counts below this, 0 excepted, are not shown of a personal dataset (specification §0.2). */
export const SMALLEST_SHOWN_COUNT = 5;

/**
 * The counts of one margin as a personal dataset may show them: 1..4 are SUPPRESSED, and with them the smallest other
 * cell (one that is not 0 where there is one), for else the hidden count is the margin minus the rest.
 */
export function suppressSmallCounts(counts: readonly number[], basis: Basis): Estimate[] {
  const isSmall = (count: number) => count > 0 && count < SMALLEST_SHOWN_COUNT;
  const shown = counts.filter((count) => !isSmall(count));
  const cover = Math.min(...shown.map((count) => (count === 0 ? Infinity : count)));
  const partner = counts.some(isSmall) ? counts.indexOf(cover === Infinity ? 0 : cover) : -1;
  return counts.map((count, index) => {
    if (isSmall(count)) return notEstimable('SUPPRESSED', 'SMALL_COUNT', basis);
    if (index === partner) return notEstimable('SUPPRESSED', 'WOULD_REVEAL_A_SMALL_COUNT', basis);
    return estimate({ ...basis, value: count });
  });
}
