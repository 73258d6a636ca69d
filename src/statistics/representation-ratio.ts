import { type Estimate, estimate, notEstimable } from './estimate.ts';
import type { BucketedTable } from './jackknife.ts';
import { FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';
import { proportion } from './proportion.ts';

/**
 * RR_s = p_s / π_s, the participation-to-prevalence ratio; cells [images in the stratum, all images], π_s the
 * target's share. Range [0, ∞), 1 is par. Interval: that of p_s over π_s. None of the stratum among clustered images:
 * 0 with upper bound 3/U/π_s (rule of three: Hanley & Lippman-Hand 1983). π_s = 0: null, OUT_OF_TARGET where images
 * lie there. Scott et al. 2018, JACC 71:1960.
 */
export function representationRatio(table: BucketedTable, share: number): Estimate {
  const method = 'representation ratio';
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method };
  if (table.imageCount === 0) return notEstimable('EMPTY', 'NO_IMAGE', basis);
  const count = table.total[0]!;
  if (share === 0)
    return notEstimable('NOT_APPLICABLE', count > 0 ? 'OUT_OF_TARGET' : 'NOT_IN_TARGET', basis);
  const clustered = table.unitCount !== table.imageCount;
  if (count === 0 && clustered && table.unitCount >= FEWEST_UNITS_FOR_INTERVAL) {
    const upper = 3 / table.unitCount / share;
    return estimate({
      ...basis,
      value: 0,
      interval: { lower: 0, upper, level: 0.95, method: 'rule of three' },
    });
  }
  const observed = proportion(table);
  const { value, interval } = observed;
  return estimate({
    ...observed,
    method,
    value: value === null ? null : value / share,
    interval: interval && { ...interval, lower: interval.lower / share, upper: interval.upper / share },
  });
}
