import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { sum } from './sum.ts';

export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/**
 * Krippendorff's α = 1 − (n−1)·Σ o_ck δ²_ck / Σ n_c n_k δ²_ck from a K×K coincidence matrix (row by row, the sum of
 * `addCoincidences`); any number of annotators, missing ratings allowed. δ²: nominal [c≠k]; interval (c−k)²; ratio
 * ((c−k)/(c+k))²; ordinal (Σ_{g=c..k} n_g − (n_c+n_k)/2)², its n_g anew in every replicate. `values` are the classes'
 * numbers, ascending for ordinal. Range [−1, 1]; below 0 is systematic disagreement. No item with two ratings:
 * NOT_APPLICABLE, NO_OVERLAP; all ratings equal: UNDEFINED, NO_VARIATION. Krippendorff 2011; 2019, Content Analysis, ch. 12.
 */
export function krippendorffAlpha(table: BucketedTable, values: readonly number[], metric: Metric): Estimate {
  return jackknifeEstimate(table, (coincidences) => alpha(coincidences, values, metric), {
    method: `Krippendorff alpha, ${metric}`,
    range: { lower: -1, upper: 1 },
  });
}

function alpha(coincidences: readonly number[], values: readonly number[], metric: Metric): Figure {
  const classes = values.length;
  const counts = values.map((_, c) => sum(coincidences.slice(c * classes, (c + 1) * classes)));
  const pairable = sum(counts);
  if (!(pairable > 1)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
  const distance = squaredDistance(metric, values, counts);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < classes; c += 1) {
    if (counts[c] === 0) continue;
    for (let k = 0; k < classes; k += 1) {
      if (k === c || counts[k] === 0) continue;
      const delta = distance(c, k);
      observed += coincidences[c * classes + k]! * delta;
      expected += counts[c]! * counts[k]! * delta;
    }
  }
  if (expected === 0) return noFigure('UNDEFINED', 'NO_VARIATION');
  return figure(1 - ((pairable - 1) * observed) / expected);
}

function squaredDistance(
  metric: Metric,
  values: readonly number[],
  counts: readonly number[],
): (c: number, k: number) => number {
  if (metric === 'nominal') return () => 1;
  if (metric === 'interval') return (c, k) => (values[c]! - values[k]!) ** 2;
  if (metric === 'ratio') {
    return (c, k) => {
      const whole = values[c]! + values[k]!;
      return whole === 0 ? 0 : ((values[c]! - values[k]!) / whole) ** 2;
    };
  }
  let running = 0;
  const middles = counts.map((count) => {
    running += count;
    return running - count / 2;
  });
  return (c, k) => (middles[c]! - middles[k]!) ** 2;
}
