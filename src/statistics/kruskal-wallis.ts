import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import { type Estimate, estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { rankSums } from './rank-sums.ts';
import type { UnitMeans } from './unit-means.ts';

export interface KruskalWallis {
  readonly hStatistic: Estimate;
  readonly epsilonSquared: Estimate;
  readonly etaSquared: Estimate;
  readonly degreesOfFreedom: number;
}

/**
 * How much of the order of a measure a factor of k levels explains, blind to outliers. With rank sums R_i of N rows,
 * H = (12/(N(N+1)) · Σ R_i²/n_i − 3(N+1)) / (1 − Σ(t³−t)/(N³−N)), p from chi-square with k−1 degrees of freedom; ε² =
 * H/(N−1), η² = (H−k+1)/(N−k), both in [0, 1], a negative η²: 0, BOUNDARY. One level: NOT_APPLICABLE; all values
 * equal: UNDEFINED. Rows are unit means, for p is meaningless where units repeat. Kruskal & Wallis 1952; Tomczak &
 * Tomczak 2014.
 */
export function kruskalWallis({ values, factor, imageCount, unitCount }: UnitMeans): KruskalWallis {
  const { counts, sums, ties } = rankSums(values, factor);
  const rows = values.length;
  const levels = counts.filter((count) => count > 0).length;
  const h = hOf(counts, sums, rows, ties, levels);
  const p = h.value === null ? null : chiSquareUpperTail(h.value, levels - 1);
  const as = (result: Figure, method: string) => estimate({ ...result, p, imageCount, unitCount, method });
  const eta = derived(h, (value) => (value - levels + 1) / (rows - levels));
  return {
    hStatistic: as(h, 'H of Kruskal–Wallis on unit means'),
    epsilonSquared: as(
      derived(h, (value) => value / (rows - 1)),
      'rank epsilon squared',
    ),
    etaSquared: as(
      eta.value !== null && eta.value < 0 ? figure(0, 'BOUNDARY', 'NEGATIVE_ESTIMATE') : eta,
      'rank eta squared',
    ),
    degreesOfFreedom: Math.max(0, levels - 1),
  };
}

/** Σ n_i(R̄_i − (N+1)/2)² instead of ΣR_i²/n_i − …: the same, without the loss of digits. */
function hOf(
  counts: readonly number[],
  sums: readonly number[],
  rows: number,
  ties: number,
  levels: number,
): Figure {
  if (rows === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (levels < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  const cube = rows * rows * rows - rows;
  if (ties === cube) return noFigure('UNDEFINED', 'CONSTANT_VALUE');
  let between = 0;
  counts.forEach((count, level) => {
    if (count > 0) between += count * (sums[level]! / count - (rows + 1) / 2) ** 2;
  });
  return figure(((12 / (rows * (rows + 1))) * between) / (1 - ties / cube));
}

function derived(h: Figure, formula: (value: number) => number): Figure {
  return h.value === null ? h : figure(formula(h.value));
}
