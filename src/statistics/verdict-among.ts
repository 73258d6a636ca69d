import type { Verdict } from './colour.ts';
import type { Estimate } from './estimate.ts';
import { normalQuantile } from './normal-quantile.ts';

const LARGEST_Q = 0.05;

/** What a figure was chosen from, and what it is where there is nothing to find: 0 of an effect, 1 of a ratio, .5 of an area. */
export interface Comparisons {
  readonly comparisons: number;
  readonly nothing: number;
  /** The standard error where there is nothing to find, in those of the interval; 1 where left out. */
  readonly errorInflation?: number;
}

/**
 * The verdict on a figure that is one of many, of which a reader sees the worst first. The colour rule calls AMBER what
 * merely touches the amber limit; of many comparisons some always do. Here AMBER wants evidence as well: q ≤ .05 of its
 * test, or, without a test, an interval at level 1 − .05/comparisons (Bonferroni; reach widened in proportion to the
 * normal quantiles, and by `errorInflation`) that leaves out `nothing`. Without it the data cannot tell: GREY. RED, GREEN and an AMBER whose whole
 * interval lies in amber stay. Benjamini & Yekutieli 2005 on choosing before estimating; decision 0012.
 */
export function verdictAmong(
  verdict: Verdict,
  { value, interval, q, unitCount }: Estimate,
  { comparisons, nothing, errorInflation = 1 }: Comparisons,
): Verdict {
  if (verdict.colour !== 'AMBER' || verdict.certainty !== 'LIKELY' || value === null || interval === null)
    return verdict;
  const reach = value >= nothing ? value - interval.lower : interval.upper - value;
  const distance = Math.abs(value - nothing);
  const widening =
    (errorInflation * normalQuantile(1 - (1 - interval.level) / (2 * Math.max(1, comparisons)))) /
    normalQuantile((1 + interval.level) / 2);
  const isShown = q === null ? distance > widening * reach : q <= LARGEST_Q;
  if (isShown) return verdict;
  // So many units would shrink the reach, which falls with √U, to the distance.
  const units =
    distance > 0 ? Math.ceil(unitCount * ((widening * reach) / distance) ** 2) : Number.POSITIVE_INFINITY;
  return { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: Number.isSafeInteger(units) ? units : null };
}
