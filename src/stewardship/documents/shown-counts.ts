import { SMALLEST_SHOWN_COUNT, suppressSmallCounts } from '../../statistics/suppress-small-counts.ts';
import type { Counted } from './data-facts.ts';

/** The counts of one margin as documents may tell them: of people small ones are hidden, and one more (specification §0.2). */
export function shownCounts(
  counts: readonly { readonly value: string; readonly count: number }[],
  isPersonal: boolean,
): Counted[] {
  const shown = shownMargin(
    counts.map(({ count }) => count),
    isPersonal,
  );
  return counts.map(({ value }, index) => ({ value, count: shown[index]! }));
}

/** The cells of one margin; null: hidden. */
export function shownMargin(counts: readonly number[], isPersonal: boolean): (number | null)[] {
  if (!isPersonal) return [...counts];
  const basis = { imageCount: 0, unitCount: 0, method: `count of ${SMALLEST_SHOWN_COUNT} or more` };
  return suppressSmallCounts(counts, basis).map(({ value }) => value);
}

/** A count by itself. */
export function shownCount(count: number, isPersonal: boolean): number | null {
  return isPersonal && count > 0 && count < SMALLEST_SHOWN_COUNT ? null : count;
}
