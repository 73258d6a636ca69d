import type { Interval } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { normalQuantile } from './normal-quantile.ts';

export interface HanleyMcNeil {
  readonly standardError: Figure;
  readonly interval: Interval | null;
}

/**
 * Standard error of an area under the ROC curve A in [0, 1] from n₁ positives and n₀ negatives, all independent:
 * SE² = (A(1−A) + (n₁−1)(Q₁−A²) + (n₀−1)(Q₂−A²))/(n₁n₀), Q₁ = A/(2−A), Q₂ = 2A²/(1+A); interval A ± z·SE within [0, 1].
 * A check on the jackknife where every image is its own unit. n₁ or n₀ = 0: NOT_APPLICABLE.
 * Hanley & McNeil 1982, Radiology 143:29.
 */
export function hanleyMcNeil(area: number, positives: number, negatives: number, level = 0.95): HanleyMcNeil {
  if (positives === 0 || negatives === 0) {
    return { standardError: noFigure('NOT_APPLICABLE', 'EMPTY_CLASS'), interval: null };
  }
  const twoPositives = area / (2 - area) - area ** 2;
  const twoNegatives = (2 * area ** 2) / (1 + area) - area ** 2;
  const spread = area * (1 - area) + (positives - 1) * twoPositives + (negatives - 1) * twoNegatives;
  const error = Math.sqrt(Math.max(0, spread) / (positives * negatives));
  const reach = normalQuantile((1 + level) / 2) * error;
  const [lower, upper] = [Math.max(0, area - reach), Math.min(1, area + reach)];
  return { standardError: figure(error), interval: { lower, upper, level, method: 'Hanley–McNeil' } };
}
